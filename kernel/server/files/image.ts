import sharp from 'sharp';
import { fault, isFault } from '../../fault.ts';
import { type ExifTaken, longestSide, mostPixels } from '../../file-contract.ts';
import { readExif } from './exif.ts';

// Pictures are worked on two at a time (see gate.ts); more threads each would take the processor from everybody else.
sharp.concurrency(1);

export type Picture = { bytes: Buffer; type: string; width: number; height: number; exif: ExifTaken };

/**
 * Draws the picture anew: turned upright, at most 2560 pixels long, without anything that is not picture. Whatever was hidden
 * in the file or behind it is gone; what the camera said of time and place is read first.
 * @throws fault files.pixels, files.damaged, files.heic
 */
export async function redraw(path: string, type: string): Promise<Picture> {
  try {
    const open = () => sharp(path, { limitInputPixels: mostPixels, failOn: 'error' });
    const { width = 0, height = 0, exif } = await sharp(path, { limitInputPixels: false, failOn: 'error' }).metadata();
    if (width * height > mostPixels) throw fault('files.pixels', { width, height, limit: mostPixels / 10_000 });
    const box = { width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true } as const;
    const upright = open().autoOrient().resize(box).toColourspace('srgb');
    const as = type === 'image/png' ? 'image/png' : type === 'image/webp' ? 'image/webp' : 'image/jpeg';
    const encoded =
      as === 'image/png'
        ? upright.png({ compressionLevel: 8 })
        : as === 'image/webp'
          ? upright.webp({ quality: 85 })
          : upright.flatten({ background: '#ffffff' }).jpeg({ quality: 85 });
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
    return { bytes: data, type: as, width: info.width, height: info.height, exif: readExif(exif) };
  } catch (error) {
    if (isFault(error)) throw error;
    throw fault(type === 'image/heic' ? 'files.heic' : 'files.damaged');
  }
}

export const thumbSide = 400;

export function drawThumb(path: string): Promise<Buffer> {
  const box = { width: thumbSide, height: thumbSide, fit: 'inside', withoutEnlargement: true } as const;
  return sharp(path, { limitInputPixels: mostPixels }).resize(box).webp({ quality: 78 }).toBuffer();
}
