// Signs the requests that it reads, a JSON text a line, as the JavaScript SDK does; the packages lie in the folder named.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const load = createRequire(process.argv[2] + "/");
const { SignatureV4 } = load("@smithy/signature-v4");
const { Sha256 } = load("@aws-crypto/sha256-js");
const { buildQueryString } = load("@smithy/querystring-builder");

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const signer = new SignatureV4({
    credentials: { accessKeyId: asked.id, secretAccessKey: asked.secret, sessionToken: asked.token },
    region: "us-east-1",
    service: "execute-api",
    sha256: Sha256,
  });
  const query = {};
  for (const [name, value] of asked.query) {
    query[name] = name in query ? [].concat(query[name], value) : value;
  }
  const headers = { host: asked.host };
  for (const [name, value] of asked.headers) {
    headers[name] = value;
  }
  const body = Buffer.from(asked.body, "base64");
  const request = {
    method: asked.method,
    protocol: "https:",
    hostname: asked.host,
    path: asked.path,
    query,
    headers,
    body: body.length === 0 ? undefined : new Uint8Array(body),
  };
  const signed = asked.presign ? await signer.presign(request, { expiresIn: 900 }) : await signer.sign(request);
  const sent = { path: signed.path, query: buildQueryString(signed.query), headers: Object.entries(signed.headers) };
  console.log(JSON.stringify(sent));
}
