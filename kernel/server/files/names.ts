const extensions: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'text/plain': ['txt'],
  'text/csv': ['csv'],
  'video/mp4': ['mp4'],
  'audio/mpeg': ['mp3'],
  'audio/wav': ['wav'],
};

/** `text/plain; charset=utf-8` → `text/plain` */
export const bareType = (type: string) => type.split(';', 1)[0] ?? type;

export function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

// Control characters, and the marks that turn the direction of writing: with them `gpj.exe` is shown as `exe.jpg`.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;

/** A name that can be shown, stored and downloaded anywhere: no path, nothing invisible, the ending of the real type. */
export function safeName(given: string, type: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const shown = last
    .replace(unseen, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .trim();
  const endings = extensions[bareType(type)] ?? ['bin'];
  const fits = endings.includes(extensionOf(shown));
  const stem = (extensionOf(shown) === '' ? shown : shown.slice(0, shown.lastIndexOf('.'))).replace(/^\.+|\.+$/g, '');
  return `${[...(stem === '' ? '文件' : stem)].slice(0, 120).join('')}.${fits ? extensionOf(shown) : endings[0]}`;
}

/** `Content-Disposition` with the name in both spellings (RFC 6266, RFC 8187). */
export function disposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const full = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${how}; filename="${plain}"; filename*=UTF-8''${full}`;
}
