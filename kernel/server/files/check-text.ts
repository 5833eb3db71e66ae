import { fault } from '../../fault.ts';

/** Texts that a program would run or a browser would show as a page, whatever their name says. */
const markup = /^\s*(<(!doctype|!--|html|head|body|script|svg|iframe|\?xml|\?php|%)|#!|MIME-Version:)/i;
/** Every control character but tab, line feed, form feed and carriage return. */
const control = /[^\P{Cc}\t\n\f\r]/u;

/** The text's encoding, as the charset of its type. @throws fault files.text, files.type */
export function checkText(bytes: Buffer): 'utf-8' | 'gb18030' {
  const encoding = (['utf-8', 'gb18030'] as const).find((one) => decode(bytes, one) !== undefined);
  if (encoding === undefined) throw fault('files.text');
  const text = decode(bytes, encoding) ?? '';
  if (control.test(text)) throw fault('files.text');
  if (markup.test(text)) throw fault('files.type', { found: 'text/html' });
  return encoding;
}

function decode(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
