export type Spot = { lng: number; lat: number; accuracy: number };

/** Where the device is, by its own word. Rejects with GeolocationPositionError. */
export function locate(timeoutMs = 10_000): Promise<Spot> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) {
      reject(new Error('no geolocation'));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lng: round(coords.longitude), lat: round(coords.latitude), accuracy: Math.round(coords.accuracy) }),
      reject,
      { enableHighAccuracy: true, timeout: timeoutMs, maximumAge: 30_000 },
    );
  });
}

/** Six decimals are a tenth of a metre; more would only look exact. */
const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** The place if it is known within two seconds: a photo must not wait for a satellite. */
export async function locateSoon(): Promise<Spot | undefined> {
  try {
    return await locate(2000);
  } catch {
    return undefined;
  }
}
