/** Greets by name: what `scripts/demo function` puts behind an API. */
export const handler = async event => {
  const name = event.queryStringParameters?.name ?? 'world';
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ greeting: `${process.env.GREETING}, ${name}!` }),
  };
};
