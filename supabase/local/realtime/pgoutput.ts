/** One inserted row: text values by column name, as bytes, because a payload is passed on and not looked into. */
export type InsertedRow = ReadonlyMap<string, Buffer | null>;

export interface PgoutputDecoder {
  /** The row, when the message is an insert; null for every other message of the stream. */
  decode(message: Buffer): InsertedRow | null;
}

/**
 * Decodes logical replication messages of the plugin `pgoutput` in text format, as far as inserts need. It remembers which
 * columns a relation has, so one decoder belongs to one connection.
 */
export function createPgoutputDecoder(): PgoutputDecoder {
  const columnsOf = new Map<number, readonly string[]>();
  return {
    decode(message) {
      const kind = message.toString('latin1', 0, 1);
      const reader = createReader(message.subarray(1));
      if (kind === 'R') {
        const relation = reader.int32();
        columnsOf.set(relation, readColumns(reader));
        return null;
      }
      if (kind !== 'I') return null;
      const columns = columnsOf.get(reader.int32());
      if (columns === undefined) throw new Error('an insert came before its relation');
      reader.skip(1);
      return readTuple(reader, columns);
    },
  };
}

function readColumns(reader: Reader): string[] {
  reader.text();
  reader.text();
  reader.skip(1);
  return Array.from({ length: reader.int16() }, () => {
    reader.skip(1);
    const name = reader.text();
    reader.skip(8);
    return name;
  });
}

function readTuple(reader: Reader, columns: readonly string[]): InsertedRow {
  const count = reader.int16();
  const values = Array.from({ length: count }, () =>
    reader.bytes(1).toString('latin1') === 't' ? reader.bytes(reader.int32()) : null,
  );
  return new Map(columns.map((column, index) => [column, values[index] ?? null]));
}

interface Reader {
  int16(): number;
  int32(): number;
  bytes(length: number): Buffer;
  /** A string that ends with a zero byte. */
  text(): string;
  skip(length: number): void;
}

function createReader(data: Buffer): Reader {
  let offset = 0;
  const bytes = (length: number) => {
    if (offset + length > data.length) throw new RangeError('a replication message ended early');
    const taken = data.subarray(offset, offset + length);
    offset += length;
    return taken;
  };
  return {
    int16: () => bytes(2).readInt16BE(),
    int32: () => bytes(4).readInt32BE(),
    bytes,
    text() {
      const taken = bytes(data.indexOf(0, offset) - offset).toString();
      bytes(1);
      return taken;
    },
    skip: (length) => void bytes(length),
  };
}
