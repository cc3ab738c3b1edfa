'use strict';
// Runs a Node.js function: asks the Runtime API for events and hands it what the handler gives back.

const fs = require('fs');
const http = require('http');
const path = require('path');
const url = require('url');
const util = require('util');

const ROOT = '/2018-06-01/runtime/';
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

let requestId = '';

function call(method, where, body, headers) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, method, path: ROOT + where, agent, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

function errorDocument(error) {
  if (error instanceof Error || (error && typeof error === 'object' && 'message' in error && 'stack' in error)) {
    return {
      errorType: error.errorType || error.name || 'Error',
      errorMessage: String(error.message),
      trace: String(error.stack || '').split('\n'),
    };
  }
  return { errorType: typeof error, errorMessage: util.format(error), trace: [] };
}

async function post(where, error) {
  const body = Buffer.from(JSON.stringify(errorDocument(error)));
  const type = String(errorDocument(error).errorType).replace(/[^ -~]/g, '?').slice(0, 200);
  await call('POST', where, body, {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    'Lambda-Runtime-Function-Error-Type': type,
  });
}

function named(errorType, message) {
  const error = new Error(message);
  error.name = errorType;
  error.errorType = errorType;
  return error;
}

async function loadModule(file) {
  const module = ['.mjs', '.js', '.cjs'].map((ending) => file + ending).find((name) => fs.existsSync(name));
  try {
    if (!module) return require(file);
    if (module.endsWith('.mjs') || (module.endsWith('.js') && isModulePackage(module))) {
      return await import(url.pathToFileURL(module).href);
    }
    return require(module);
  } catch (e) {
    if (e instanceof SyntaxError) throw named('Runtime.UserCodeSyntaxError', String(e.stack));
    if (e && (e.code === 'MODULE_NOT_FOUND' || e.code === 'ERR_MODULE_NOT_FOUND')) {
      throw named('Runtime.ImportModuleError', 'Error: ' + e.message);
    }
    throw e;
  }
}

function isModulePackage(file) {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const description = path.join(folder, 'package.json');
    if (fs.existsSync(description)) {
      try {
        return JSON.parse(fs.readFileSync(description, 'utf8')).type === 'module';
      } catch {
        return false;
      }
    }
    if (folder === path.dirname(folder) || folder === process.env.LAMBDA_TASK_ROOT) return false;
  }
}

async function findHandler(name) {
  const base = path.basename(name);
  const dot = base.indexOf('.');
  if (dot < 1) throw named('Runtime.MalformedHandlerName', `Bad handler '${name}'`);
  const folder = path.resolve(process.env.LAMBDA_TASK_ROOT, path.dirname(name));
  const file = path.join(folder, base.slice(0, dot));
  if (!(file + path.sep).startsWith(path.resolve(process.env.LAMBDA_TASK_ROOT) + path.sep)) {
    throw named('Runtime.MalformedHandlerName', `'${name}' is not below the code`);
  }
  const module = await loadModule(file);
  const members = base.slice(dot + 1).split('.');
  const find = (from) => members.reduce((at, member) => (at == null ? undefined : at[member]), from);
  const handler = find(module) ?? find(module.default);
  if (handler === undefined) throw named('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${name} is not a function`);
  return handler;
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const client = headers['lambda-runtime-client-context'];
  return {
    clientContext: client ? JSON.parse(client) : undefined,
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

/** What the handler gives back: by a promise, a callback, or the old context methods. */
function run(handler, event, context) {
  let atEnd;
  return new Promise((resolve, reject) => {
    let settle = () => resolve(null); // it has nothing left to do and has not said a word
    atEnd = () => settle();
    process.once('beforeExit', atEnd);
    const done = (error, result) => {
      settle = () => (error == null ? resolve(result) : reject(error));
      // Whoever uses the callback may have begun what is to end before the answer goes out.
      if (!context.callbackWaitsForEmptyEventLoop) setImmediate(settle);
    };
    context.done = done;
    context.succeed = (result) => done(null, result);
    context.fail = (error) => done(error ?? 'null');
    const result = handler(event, context, done);
    if (result && typeof result.then === 'function') result.then(resolve, reject);
    else if (handler.length < 3 && result !== undefined) resolve(result);
  }).finally(() => process.removeListener('beforeExit', atEnd));
}

async function serve(handler) {
  const next = await call('GET', 'invocation/next');
  if (next.status !== 200) throw new Error('the Runtime API answers ' + next.status);
  requestId = next.headers['lambda-runtime-aws-request-id'];
  process.env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'] || '';
  let answer;
  try {
    const result = await run(handler, JSON.parse(next.body), contextOf(next.headers));
    answer = Buffer.from(JSON.stringify(result === undefined ? null : result) ?? 'null');
  } catch (error) {
    console.error('Invoke Error', JSON.stringify(errorDocument(error)));
    await post('invocation/' + requestId + '/error', error);
    return;
  }
  await call('POST', 'invocation/' + requestId + '/response', answer, {
    'Content-Type': 'application/json',
    'Content-Length': answer.length,
  });
}

/** Lines of the console with time, request and level, as the vendor writes them. */
function prefixConsole() {
  for (const [method, level] of Object.entries({ log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE' })) {
    console[method] = (...words) =>
      process.stdout.write([new Date().toISOString(), requestId, level, util.format(...words).replace(/\n/g, '\r')].join('\t') + '\n');
  }
}

async function fatal(error) {
  console.error('Uncaught Exception', JSON.stringify(errorDocument(error)));
  try {
    await post(requestId ? 'invocation/' + requestId + '/error' : 'init/error', error);
  } finally {
    process.exit(129);
  }
}

async function main() {
  prefixConsole();
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', (reason) =>
    fatal(named('Runtime.UnhandledPromiseRejection', String(reason && reason.stack ? reason.stack : reason))));
  let handler;
  try {
    handler = await findHandler(process.env._HANDLER);
  } catch (error) {
    console.error('Init Error', JSON.stringify(errorDocument(error)));
    await post('init/error', error);
    process.exit(1);
  }
  for (;;) await serve(handler);
}

main().catch(fatal);
