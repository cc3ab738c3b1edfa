/** Answers an integration of either kind: proxy events have a method, others are what a template made of a request. */
export const handler = async (event, context) => {
  const told = {
    kind: 'nodejs',
    greeting: process.env.GREETING,
    version: context.functionVersion,
    arn: context.invokedFunctionArn,
  };
  if (event.httpMethod) {
    return {
      statusCode: 201,
      headers: { 'x-kind': 'nodejs' },
      multiValueHeaders: { 'x-many': ['one', 'two'] },
      body: JSON.stringify({ ...told, method: event.httpMethod, path: event.path, body: event.body }),
    };
  }
  if (event.fail) {
    throw new Error(`[404] there is no ${event.fail}`);
  }
  if (event.put) {
    // Tells the test that an event was handled which nobody waited for.
    await fetch(event.put, { method: 'PUT', body: JSON.stringify(event.what) });
  }
  return { ...told, who: event.who };
};
