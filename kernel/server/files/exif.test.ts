import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readExif } from './exif.ts';

const blank = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } });

async function exifOf(exif: Parameters<ReturnType<typeof sharp>['withExif']>[0]): Promise<Buffer | undefined> {
  return (await sharp(await blank().withExif(exif).jpeg().toBuffer()).metadata()).exif;
}

describe('what a camera wrote', () => {
  it('is read: time with its zone, place, make and model', async () => {
    const block = await exifOf({
      IFD0: { Make: 'HUAWEI', Model: 'Mate 70' },
      IFD2: { DateTimeOriginal: '2026:11:23 14:05:09', OffsetTimeOriginal: '+08:00' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '36/1 39/1 5724/100', GPSLongitudeRef: 'E', GPSLongitude: '117/1 1/1 2316/100' },
    });
    expect(readExif(block)).toEqual({
      time: '2026-11-23T14:05:09',
      offset: '+08:00',
      gps: { lng: 117.0231, lat: 36.6659 },
      make: 'HUAWEI',
      model: 'Mate 70',
    });
  });

  it('knows south and west', async () => {
    const block = await exifOf({
      IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '33/1 30/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '70/1 36/1 0/1' },
    });
    expect(readExif(block).gps).toEqual({ lng: -70.6, lat: -33.5 });
  });

  it('says nothing when there is nothing, or nonsense', async () => {
    expect(readExif(undefined)).toEqual({});
    expect(readExif(Buffer.from('Exif\0\0not a tiff block'))).toEqual({});
    const block = await exifOf({
      IFD2: { DateTimeOriginal: '0000:00:00 99:99:99' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '0/0 0/0 0/0', GPSLongitudeRef: 'E', GPSLongitude: '500/1 0/1 0/1' },
    });
    expect(readExif(block)).toEqual({});
  });

  it('never throws, whatever the bytes', async () => {
    const good = (await exifOf({ IFD0: { Make: 'A' }, IFD2: { DateTimeOriginal: '2026:11:23 14:05:09' } })) ?? Buffer.alloc(0);
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(damage, fc.nat(good.length), (changes, cut) => {
        const bytes = Buffer.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        const { time } = readExif(bytes.subarray(0, cut));
        expect(time === undefined || !Number.isNaN(Date.parse(`${time}Z`))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
