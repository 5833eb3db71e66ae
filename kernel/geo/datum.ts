import gcoord from 'gcoord';
import type { Area, Position, Ring } from './shape.ts';

/**
 * Chinese map services and phones in China speak GCJ-02, some 500 m off; Vigil keeps WGS84 and converts at the edge only, here.
 * Outside China (by the service's own rough box) GCJ-02 is the same as WGS84.
 */
export function fromGcj02([lng, lat]: Position): Position {
  return gcoord.transform([lng, lat], gcoord.GCJ02, gcoord.WGS84);
}

export function toGcj02([lng, lat]: Position): Position {
  return gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02);
}

export function areaFromGcj02(area: Area): Area {
  const ring = (positions: Ring): Ring => positions.map(fromGcj02);
  return area.type === 'Polygon'
    ? { type: 'Polygon', coordinates: area.coordinates.map(ring) }
    : { type: 'MultiPolygon', coordinates: area.coordinates.map((part) => part.map(ring)) };
}
