import { crc32, deflateRawSync } from 'node:zlib';

/** A zip archive of text files, as small as the format allows. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const path = Buffer.from(name);
    const facts = entryFacts(data, packed, path);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), facts, path, packed]);
    locals.push(local);
    central.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), facts, entryPlace(offset), path]));
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([...locals, directory, endOfDirectory(locals.length, directory.length, offset)]);
}

function entryFacts(data: Buffer, packed: Buffer, path: Buffer): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0); // version needed
  facts.writeUInt16LE(8, 4); // deflate
  facts.writeUInt32LE(0x00210000, 6); // 1980-01-01
  facts.writeUInt32LE(crc32(data), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(data.length, 18);
  facts.writeUInt16LE(path.length, 22);
  return facts;
}

function entryPlace(offset: number): Buffer {
  const place = Buffer.alloc(14);
  place.writeUInt32LE(0o100644 * 0x10000, 6); // a readable file
  place.writeUInt32LE(offset, 10);
  return place;
}

function endOfDirectory(entries: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
