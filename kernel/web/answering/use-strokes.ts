import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { type Spot, strokePath } from './signature-line.ts';

const ink = '#16202c';
const paper = '#ffffff';
const penWidth = 2.6;

/** Draws all strokes anew on white paper, sharp on dense screens. The paper is white in the dark theme too: it will be printed. */
function draw(canvas: HTMLCanvasElement, strokes: readonly (readonly Spot[])[]): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = Math.max(2, window.devicePixelRatio);
  const { width, height } = canvas.getBoundingClientRect();
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  context.strokeStyle = ink;
  context.lineWidth = penWidth;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const spots of strokes) context.stroke(new Path2D(strokePath(spots)));
}

/** What a finger, a mouse or a pen draws on a canvas. `on` are the canvas's handlers. */
export function useStrokes() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [strokes, setStrokes] = useState<readonly (readonly Spot[])[]>([]);
  const drawing = useRef<number>(undefined);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    draw(element, strokes);
    const watcher = new ResizeObserver(() => draw(element, strokes));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [strokes]);

  const spotsOf = (event: PointerEvent<HTMLCanvasElement>): Spot[] => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const native = event.nativeEvent;
    const reported = native.getCoalescedEvents?.() ?? [];
    return (reported.length > 0 ? reported : [native]).map(({ clientX, clientY }) => ({ x: clientX - left, y: clientY - top }));
  };

  const on = {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      if (event.button !== 0 || drawing.current !== undefined) return;
      drawing.current = event.pointerId;
      event.currentTarget.setPointerCapture(event.pointerId);
      const spots = spotsOf(event);
      setStrokes((before) => [...before, spots]);
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      if (drawing.current !== event.pointerId) return;
      const spots = spotsOf(event);
      setStrokes((before) => [...before.slice(0, -1), [...(before.at(-1) ?? []), ...spots]]);
    },
    onPointerUp: (event: PointerEvent<HTMLCanvasElement>) => {
      if (drawing.current === event.pointerId) drawing.current = undefined;
    },
    onPointerCancel: () => {
      drawing.current = undefined;
    },
  };

  const toPng = () =>
    new Promise<Blob>((resolve, reject) => {
      canvas.current?.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no picture'))), 'image/png');
    });

  return { canvas, strokes, clear: () => setStrokes([]), on, toPng };
}
