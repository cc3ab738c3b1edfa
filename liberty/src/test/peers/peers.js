'use strict';

// Serves DynamoDB, Kinesis and S3 on three loopback ports until standard input ends, so never longer than the tests.
// usage: node peers.js MODULES DATA DYNAMODB_PORT KINESIS_PORT S3_PORT

const { rmSync } = require('fs');
const { createRequire } = require('module');
const path = require('path');

const [modules, data, dynamodbPort, kinesisPort, s3Port] = process.argv.slice(2);
const load = createRequire(path.join(modules, 'peers.js'));
const host = '127.0.0.1';

const listening = (server, port) =>
  new Promise((done, failed) => server.on('error', failed).listen(Number(port), host, done));

async function serve() {
  const S3rver = load('s3rver');
  await Promise.all([
    listening(load('dynalite')({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }), dynamodbPort),
    listening(load('kinesalite')({ createStreamMs: 0, deleteStreamMs: 0, updateStreamMs: 0 }), kinesisPort),
    new S3rver({ address: host, port: Number(s3Port), directory: data, silent: true, vhostBuckets: false }).run(),
  ]);
  console.log('ready');
}

serve().catch(error => {
  console.error(error);
  process.exit(1);
});
process.on('exit', () => rmSync(data, { recursive: true, force: true }));
process.stdin.on('end', () => process.exit(0)).resume();
