/** Enough to read a name plate in a photo of a room, small enough for a weak line. */
const longestEdge = 2560;

/**
 * Draws the photo anew: turned upright, at most 2560 px, as JPEG. What the camera wrote into the file (place, owner, device) does
 * not travel along; place and time are said openly beside it. Throws when the browser cannot read the picture.
 */
export async function shrinkImage(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const scale = Math.min(1, longestEdge / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no picture'))), 'image/jpeg', 0.86);
    });
  } finally {
    bitmap.close();
  }
}
