import fc from 'fast-check';
import { expect, it } from 'vitest';
import { disposition, safeName } from './names.ts';

it('keeps a good name', () => {
  expect(safeName('现场照片 1.jpg', 'image/jpeg')).toBe('现场照片 1.jpg');
  expect(safeName('检查表（2026）.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')).toBe('检查表（2026）.xlsx');
  expect(safeName('a.txt', 'text/plain; charset=utf-8')).toBe('a.txt');
});

it('gives the ending of the real type', () => {
  expect(safeName('隐患.exe', 'image/jpeg')).toBe('隐患.jpg');
  expect(safeName('IMG_1.HEIC', 'image/jpeg')).toBe('IMG_1.jpg');
  expect(safeName('报告', 'application/pdf')).toBe('报告.pdf');
});

it('takes away paths and what cannot be seen', () => {
  expect(safeName('../../etc/passwd.pdf', 'application/pdf')).toBe('passwd.pdf');
  expect(safeName('C:\\报告.pdf', 'application/pdf')).toBe('报告.pdf');
  expect(safeName('photo\u202Egpj.exe', 'image/jpeg')).toBe('photogpj.jpg');
  expect(safeName('', 'image/png')).toBe('文件.png');
  expect(safeName('...', 'image/png')).toBe('文件.png');
});

it('is always short, plain and of its type', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
      const name = safeName(given, 'image/png');
      expect(name).toMatch(/^[^/\\<>:"|?*\p{Cc}\p{Cf}]+\.png$/u);
      expect([...name].length).toBeLessThanOrEqual(124);
      expect(disposition('attachment', name)).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.~%!#$&+^`|-]+$/);
    }),
    { numRuns: 200 },
  );
});
