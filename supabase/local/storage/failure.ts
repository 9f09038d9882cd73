/** What the storage server refuses, under the code that clients test for, with the HTTP status and short name that go with it. */
const KINDS = {
  NoSuchBucket: [404, 'Bucket not found'],
  NoSuchKey: [404, 'not_found'],
  NoSuchUpload: [404, 'not_found'],
  NoSuchRoute: [404, 'not_found'],
  AccessDenied: [403, 'Unauthorized'],
  InvalidJWT: [400, 'InvalidJWT'],
  InvalidSignature: [400, 'InvalidSignature'],
  InvalidKey: [400, 'InvalidKey'],
  InvalidBucketName: [400, 'Invalid Input'],
  InvalidRequest: [400, 'InvalidRequest'],
  InvalidMimeType: [415, 'invalid_mime_type'],
  EntityTooLarge: [413, 'Payload too large'],
  ResourceAlreadyExists: [409, 'Duplicate'],
  ResourceNotEmpty: [409, 'InvalidRequest'],
  DatabaseTimeout: [544, 'DatabaseTimeout'],
  SlowDown: [503, 'unavailable'],
  InternalError: [500, 'Internal'],
} as const satisfies Record<string, readonly [status: number, name: string]>;

export type FailureCode = keyof typeof KINDS;

/** A refusal on its way to the client. The message is for people and holds nothing the caller may not know. */
export class StorageFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageFailure';
    this.code = code;
  }

  /** The hosted service's JSON shape. It answers 400 to whatever the client got wrong; the true status stands in `statusCode`. */
  toResponse(): Response {
    const status = KINDS[this.code][0];
    return this.answer(status < 500 ? 400 : status);
  }

  /** The same under its true status, as the hosted service answers to uploads in parts. */
  toPlainResponse(): Response {
    return this.answer(KINDS[this.code][0]);
  }

  private answer(status: number): Response {
    const [trueStatus, error] = KINDS[this.code];
    const body = { statusCode: String(trueStatus), code: this.code, error, message: this.message };
    return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
  }
}

const DATABASE_CODES: Record<string, { readonly code: FailureCode; readonly message: string }> = {
  '23505': { code: 'ResourceAlreadyExists', message: 'The resource already exists' },
  '23503': { code: 'NoSuchBucket', message: 'Bucket not found' },
  '57014': { code: 'DatabaseTimeout', message: 'The connection to the database timed out' },
};

/** Classes 08 and 57P (connection lost, shutting down, starting up), 53300 (too many connections), and what the socket itself says. */
const UNREACHABLE = /^(08|57P|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)/;

/** What the driver says, without a code, when it finds its connection gone or cannot get one. */
const DRIVER_LOST = /^(Connection terminated|timeout exceeded when trying to connect|Client .* is not queryable)/;

/** The refusal behind an error of the database driver; anything not expected here is returned as it came. */
export function fromDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === '23503' && 'detail' in error && String(error.detail).includes('still referenced')) {
    return new StorageFailure('ResourceNotEmpty', 'The bucket you tried to delete is not empty', { cause: error });
  }
  const known = DATABASE_CODES[code];
  if (known !== undefined) return new StorageFailure(known.code, known.message, { cause: error });
  if (code === '42501') {
    const isPolicy = error.message.includes('row-level security');
    return new StorageFailure('AccessDenied', isPolicy ? 'new row violates row-level security policy' : error.message, {
      cause: error,
    });
  }
  if (UNREACHABLE.test(code) || DRIVER_LOST.test(error.message)) {
    return new StorageFailure('SlowDown', 'The database cannot be reached. Please try again.', { cause: error });
  }
  return error;
}
