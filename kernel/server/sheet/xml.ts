import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { fault } from '#kernel/fault.ts';

export type Attributes = Readonly<Record<string, string>>;
export type XmlEvents = {
  open: (name: string, attributes: Attributes) => void;
  close: (name: string) => void;
  text?: (text: string) => void;
};

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads one part and yields after each piece, so that a consumer can take what the events gathered before the next one is unpacked. No
 * document type is accepted: without one no entity can be declared, so none can be expanded.
 * @throws sheet.damaged
 */
export async function* readXml(stream: Readable, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  const refuse = (): never => {
    throw fault('sheet.damaged');
  };
  parser.on('doctype', refuse);
  parser.on('error', refuse);
  parser.on('opentag', (tag) => events.open(localName(tag.name), tag.attributes));
  parser.on('closetag', (tag) => events.close(localName(tag.name)));
  if (events.text) parser.on('text', events.text);
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    parser.write(decoder.decode(chunk as Uint8Array, { stream: true }));
    yield;
  }
  parser.write(decoder.decode()).close();
}

/** The whole part at once, for the small ones. */
export async function readWhole(stream: Readable, events: XmlEvents): Promise<void> {
  for await (const _ of readXml(stream, events));
}
