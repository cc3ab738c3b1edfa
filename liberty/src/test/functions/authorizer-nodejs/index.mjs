/** Lets in by the token: "allow", or "only PATH"; "deny" and all else as it says. */
export const handler = async (event) => {
  const token = event.type === 'TOKEN' ? event.authorizationToken : event.headers['x-token'];
  if (token === 'stranger') {
    throw new Error('Unauthorized');
  }
  if (token === 'broken') {
    throw new Error('the identity service is down');
  }
  if (token === 'malformed') {
    return { principalId: 'ann', policyDocument: 'allow', context: { list: [1] } };
  }
  const effect = token === 'deny' ? 'Deny' : 'Allow';
  const resource = token.startsWith('only ')
    ? `${event.methodArn.split('/').slice(0, 2).join('/')}/GET/${token.substring(5)}`
    : '*';
  return {
    principalId: 'ann',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }],
    },
    context: { asked: String(Date.now()), kind: 'nodejs', number: 7, yes: true },
    usageIdentifierKey: process.env.PLAN_KEY,
  };
};
