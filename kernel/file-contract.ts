import { z } from 'zod';
import { defineModule, defineQuery } from './contract.ts';
import { defineFaults } from './fault.ts';

const mb = 1_048_576;

/** What may be uploaded, by what the content really is; names and declared types decide nothing. */
export const fileFamilies = {
  image: { limit: 20 * mb, types: ['image/jpeg', 'image/png', 'image/webp', 'image/heic'] },
  document: {
    limit: 50 * mb,
    types: [
      'application/pdf',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      'text/plain',
      'text/csv',
    ],
  },
  recording: { limit: 200 * mb, types: ['video/mp4', 'audio/mpeg', 'audio/wav'] },
} as const satisfies Record<string, { limit: number; types: readonly string[] }>;
export type FileFamily = keyof typeof fileFamilies;

/** For `<input accept>`. */
export const acceptedExtensions = '.jpg,.jpeg,.png,.webp,.heic,.pdf,.docx,.xlsx,.pptx,.txt,.csv,.mp4,.mp3,.wav';

/** The longest side of a stored picture; more is not kept. */
export const longestSide = 2560;
/** Pictures with more pixels are refused unopened: 64-megapixel phones pass, 10,000 × 10,000 does not. */
export const mostPixels = 72_000_000;

/**
 * How a picture was taken, as the device says: its own clock, WGS84 degrees with accuracy in metres, fresh from the camera or
 * out of the album. Evidence keeps it beside the server's time (GA/T 1174, 电子数据).
 */
export const takenSchema = z.strictObject({
  deviceTime: z.iso.datetime({ offset: true }).optional(),
  source: z.enum(['camera', 'album', 'unknown']).default('unknown'),
  gps: z
    .strictObject({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90), accuracy: z.number().min(0).max(1e6).optional() })
    .optional(),
});
export type Taken = z.output<typeof takenSchema>;

/** What the camera wrote into the picture, read before it is stripped. `time` is local, `offset` its zone if it was told. */
export type ExifTaken = { time?: string; offset?: string; gps?: { lng: number; lat: number }; make?: string; model?: string };

/** Stored with each file: what the device said, what the picture said, and the bytes as they came in. */
export type StoredTaken = Partial<Taken> & {
  exif?: ExifTaken;
  /** What was sent, before the picture was re-encoded. */
  original: { sha256: string; size: number };
  device?: string;
};

/** The answer of `POST /api/files`. `sha256` is that of the stored bytes, and the ETag of `GET /api/files/:id`. */
export const storedFile = z.object({
  id: z.uuid(),
  sha256: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
});
export type StoredFile = z.output<typeof storedFile>;

export const loose = defineQuery({
  name: 'loose',
  label: { zh: '未使用的附件', en: 'Files never used' },
  by: ['sysadmin'],
  input: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
  output: z.object({
    items: z.array(z.object({ id: z.uuid(), type: z.string(), size: z.int(), at: z.string(), by: z.uuid(), byName: z.string() })),
    total: z.int(),
    bytes: z.number(),
  }),
});

const say = (status: number, zh: string, en: string) => ({ status, text: { zh, en } });

export const fileFaults = defineFaults({
  'files.none': say(422, '没有收到文件', 'No file was received'),
  'files.one_only': say(422, '每次只能上传一个文件', 'One file at a time'),
  'files.empty': say(422, '文件是空的', 'The file is empty'),
  'files.incomplete': say(400, '文件没有传完，请重新上传', 'The upload was cut off; please upload again'),
  'files.too_large': say(413, '文件过大，此类文件上限为 {limit} MB', 'Too large; the limit for this kind is {limit} MB'),
  'files.type': say(
    415,
    '不支持这种文件（{found}）；可上传照片、PDF、Word、Excel、PPT、文本、MP4、MP3、WAV',
    'This kind of file is not accepted ({found}); accepted are pictures, PDF, Word, Excel, PowerPoint, text, MP4, MP3, WAV',
  ),
  'files.office_old': say(
    415,
    '旧版 Office 文件或加密文档不能上传，请另存为未加密的 docx、xlsx 或 pptx',
    'Old or encrypted Office files are not accepted; save as docx, xlsx or pptx without a password',
  ),
  'files.heic': say(
    415,
    '无法读取该 HEIC 照片，请将手机相机格式设为“兼容性最佳”（JPEG）后再拍',
    'This HEIC picture cannot be read; set the camera to "Most compatible" (JPEG)',
  ),
  'files.damaged': say(422, '文件已损坏或不完整，无法打开', 'The file is damaged or incomplete and cannot be opened'),
  'files.pixels': say(
    422,
    '图片尺寸过大（{width} × {height}），上限为 {limit} 万像素',
    'The picture is too large ({width} × {height}); the limit is {limit} × 10,000 pixels',
  ),
  'files.mixed': say(422, '文件中夹带了其他文件，已拒绝', 'Another file is hidden in this one; refused'),
  'files.bomb': say(422, '文件解压后过大，已拒绝', 'The file unpacks to far too much; refused'),
  'files.active': say(
    422,
    '文件含有宏、脚本或可执行内容，请另存为普通文档后再上传',
    'The file contains macros, scripts or programs; save it as a plain document first',
  ),
  'files.text': say(422, '文本文件须为 UTF-8 或 GB18030 编码，且不含控制字符', 'Text must be UTF-8 or GB18030 without control characters'),
  'files.quota': say(
    429,
    '今日上传已达上限（{files} 个文件或 {megabytes} MB），请明日再传；确需增加请联系系统管理员',
    "Today's uploads have reached the limit ({files} files or {megabytes} MB); go on tomorrow or ask the system administrator",
  ),
  'files.not_picture': say(
    422,
    '此处须上传现场照片，不能用其他文件（{found}）代替',
    'A photograph is needed here, not another file ({found})',
  ),
  'files.id_used': say(409, '该文件编号已用于另一文件', 'This file id was already used for another file'),
  'files.no_thumb': say(404, '该文件没有缩略图', 'This file has no thumbnail'),
  'files.range': say(416, '请求的范围超出文件', 'The requested range is outside the file'),
  'files.no_space': say(507, '服务器存储空间不足，请联系系统管理员', 'The server is out of storage; tell the system administrator'),
  'files.lost': say(500, '文件内容缺失，请将编号 {request} 告知管理员', 'The content is missing; quote {request} to the administrator'),
});

export const fileModule = defineModule({
  name: 'files',
  level: 0,
  title: { zh: '附件', en: 'Files' },
  actions: [],
  queries: [loose],
  faults: fileFaults,
  events: {
    added: { zh: '上传附件', en: 'File uploaded' },
    read: { zh: '查阅附件原件', en: 'Original of a file read' },
  },
});
