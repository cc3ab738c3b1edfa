/**
 * Large uploads: a body over 10 MB never goes through an API, so this function behind one signs an address of an
 * S3-compatible store, to which the caller then sends the file itself. The address is good for one object that nobody
 * else names, of just the size that was asked for, and for a short time.
 *
 * The store comes in by environment variables: UPLOADS_ENDPOINT, UPLOADS_BUCKET, UPLOADS_REGION, UPLOADS_ACCESS_KEY_ID,
 * UPLOADS_SECRET_ACCESS_KEY, UPLOADS_MOST_BYTES and UPLOADS_SECONDS.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';

const store = {
  endpoint: process.env.UPLOADS_ENDPOINT,
  bucket: process.env.UPLOADS_BUCKET,
  region: process.env.UPLOADS_REGION,
  accessKeyId: process.env.UPLOADS_ACCESS_KEY_ID,
  secretAccessKey: process.env.UPLOADS_SECRET_ACCESS_KEY,
};
const mostBytes = Number(process.env.UPLOADS_MOST_BYTES);
const seconds = Number(process.env.UPLOADS_SECONDS);

export const handler = async event => {
  const bytes = wantedBytes(event);
  if (!Number.isSafeInteger(bytes) || bytes < 1 || bytes > mostBytes) {
    return answer(400, { message: `the body must be {"bytes": N}, the file's size, from 1 to ${mostBytes}` });
  }
  const key = `uploads/${randomUUID()}`;
  const now = new Date();
  return answer(201, {
    method: 'PUT',
    url: signedPut(key, bytes, now),
    key,
    expires: new Date(now.getTime() + seconds * 1000).toISOString(),
  });
};

const answer = (statusCode, body) => ({
  statusCode,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

function wantedBytes(event) {
  try {
    const body = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body;
    return JSON.parse(body).bytes;
  } catch {
    return NaN;
  }
}

/** Signature Version 4 in the query string; the length is signed, so the store refuses a file of another size. */
function signedPut(key, bytes, now) {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${store.region}/s3/aws4_request`;
  const address = new URL(`${store.endpoint.replace(/\/$/, '')}/${encoded(store.bucket)}/${key}`);
  const query = Object.entries({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${store.accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'content-length;host',
  })
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&');
  const request = [
    'PUT',
    address.pathname,
    query,
    `content-length:${bytes}`,
    `host:${address.host}`,
    '',
    'content-length;host',
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(request).digest('hex')].join('\n');
  const signature = hmac(signingKey(scope), toSign).toString('hex');
  return `${address.href}?${query}&X-Amz-Signature=${signature}`;
}

const signingKey = scope => scope.split('/').reduce(hmac, `AWS4${store.secretAccessKey}`);

function hmac(key, text) {
  return createHmac('sha256', key).update(text).digest();
}

/** As the signature wants it: everything but unreserved characters by percent. */
function encoded(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
