package io.gatehouse.admin.console.requests;

import static io.gatehouse.admin.console.requests.Advice.put;

import io.gatehouse.runtime.exchange.Reason;
import java.util.Map;

/** On who may call: signatures, policies, tokens, API keys and authorizers. */
final class CallerAdvice {

  private CallerAdvice() {}

  static void addTo(Map<Reason, Advice> all) {
    signatures(all);
    tokens(all);
    issuers(all);
    keys(all);
    authorizers(all);
  }

  private static void signatures(Map<Reason, Advice> all) {
    put(
        all,
        Place.API,
        "A statement of the API's resource policy with Effect Deny fits this caller. Compare its"
            + " conditions with the caller's address and path, and take the statement out or narrow"
            + " it; a changed policy needs a deployment.",
        Reason.RESOURCE_POLICY_DENIES);
    put(
        all,
        Place.API,
        "The API has a resource policy, and none of its statements allows this caller. Add one with"
            + " Effect Allow for the caller's account, address or VPC endpoint, and deploy.",
        Reason.RESOURCE_POLICY_SILENT);
    put(
        all,
        Place.METHOD,
        "The method's authorization is AWS_IAM: the caller has to sign its request (Signature"
            + " Version 4, service execute-api). If everybody may call, set it to NONE and deploy.",
        Reason.SIGNATURE_MISSING);
    put(
        all,
        Place.ALIKE,
        "The caller's Authorization header or query lacks a part of the signature, or there are two"
            + " of them. Let an AWS SDK sign the request, and let nothing on the way add headers.",
        Reason.SIGNATURE_INCOMPLETE);
    put(
        all,
        Place.ALIKE,
        "The caller signed for another service or region. It has to sign for execute-api and the"
            + " region of this installation.",
        Reason.SIGNATURE_SCOPE);
    put(
        all,
        Place.ALIKE,
        "Set the caller's clock, and sign each request anew when it is sent: a signature is good for"
            + " five minutes, a presigned address for as long as it says.",
        Reason.SIGNATURE_NOT_CURRENT);
    put(
        all,
        Place.IDENTITIES,
        "Something on the way changed what was signed (path, query, headers, body), or the caller"
            + " has another secret. Compare the key's id with the user's keys, and send the request"
            + " as it was signed.",
        Reason.SIGNATURE_MISMATCH);
    put(
        all,
        Place.IDENTITIES,
        "Look for the access key among the users' keys: it was deleted, is inactive, or belongs to"
            + " another installation.",
        Reason.ACCESS_KEY_UNKNOWN);
    put(
        all,
        Place.IDENTITIES,
        "The node has another GATEHOUSE_NODE_KEY than the control plane that sealed the secret, or"
            + " none. Whoever runs the installation has to set it; then make the access key anew.",
        Reason.ACCESS_KEY_SEALED);
    put(
        all,
        Place.IDENTITIES,
        "The caller's temporary keys do not belong together or are not from here. It has to ask"
            + " AssumeRole or GetSessionToken of this installation again and send all three values.",
        Reason.SESSION_TOKEN_INVALID);
    put(
        all,
        Place.IDENTITIES,
        "Temporary keys have run out. The caller has to ask for new ones in time; a role's longest"
            + " session is set with the role.",
        Reason.SESSION_TOKEN_EXPIRED);
    put(
        all,
        Place.IDENTITIES,
        "The user or role behind the temporary keys was deleted, perhaps made again. The caller has"
            + " to ask for new keys.",
        Reason.SESSION_ISSUER_GONE);
    put(
        all,
        Place.IDENTITIES,
        "Find the statement with Effect Deny for execute-api:Invoke: among the caller's policies, its"
            + " permissions boundary, or the API's resource policy.",
        Reason.CALLER_DENIED);
    put(
        all,
        Place.IDENTITIES,
        "Give the caller's user or role a policy that allows execute-api:Invoke on this method. From"
            + " another account the API's resource policy has to allow it as well.",
        Reason.CALLER_NOT_ALLOWED);
    put(
        all,
        Place.STAGE,
        "The caller sent Cache-Control: max-age=0 and may not have answers fetched anew. Allow it"
            + " execute-api:InvalidateCache, or have the stage take such requests as any others.",
        Reason.CACHE_INVALIDATION_DENIED);
  }

  private static void tokens(Map<Reason, Advice> all) {
    put(
        all,
        Place.METHOD,
        "The caller has to send its token in the header that the method's authorizer reads, usually"
            + " Authorization.",
        Reason.TOKEN_MISSING);
    put(
        all,
        Place.ALIKE,
        "The caller sends the token's header twice. It has to be there once.",
        Reason.TOKEN_DOUBLED);
    put(
        all,
        Place.POOLS,
        "A token may have 16 KB. Take claims out of it where the pool issues it, groups above all.",
        Reason.TOKEN_TOO_LONG);
    put(
        all,
        Place.ALIKE,
        "What the caller sends is no signed JSON Web Token. See that it sends the token itself, of"
            + " three parts with dots between, and not a session id or an opaque token.",
        Reason.TOKEN_MALFORMED);
    put(
        all,
        Place.POOLS,
        "The token's header has members besides alg, kid, typ and x5t, which nobody has to trust. The"
            + " issuer has to leave them out.",
        Reason.TOKEN_HEADER_FORBIDDEN);
    put(
        all,
        Place.POOLS,
        "Compare the token's iss with the issuers of the authorizer's user pools, to the letter.",
        Reason.TOKEN_ISSUER_UNKNOWN);
    put(
        all,
        Place.POOLS,
        "Compare the token's alg with the algorithms that the user pool takes (RS256 unless it says"
            + " otherwise).",
        Reason.TOKEN_ALGORITHM);
    put(
        all,
        Place.POOLS,
        "The issuer's published keys do not have the token's kid. A token from before a change of"
            + " keys has to be asked for anew; else see that the pool's keys address is right.",
        Reason.TOKEN_KEY_UNKNOWN);
    put(
        all,
        Place.ALIKE,
        "The token was changed, or made by somebody else under the issuer's name. Look who sends it.",
        Reason.TOKEN_SIGNATURE);
    put(
        all,
        Place.POOLS,
        "The detail names the claim. Set it where the pool issues tokens, or use a token of the kind"
            + " that the method wants.",
        Reason.TOKEN_CLAIMS_INVALID);
    put(
        all,
        Place.POOLS,
        "The caller has to refresh its token in time. How long tokens live is set with the pool's"
            + " client.",
        Reason.TOKEN_EXPIRED);
    put(
        all,
        Place.POOLS,
        "The issuer's clock is ahead of the node's, or nbf or iat lie in the future.",
        Reason.TOKEN_NOT_YET_VALID);
    put(
        all,
        Place.POOLS,
        "The token was issued to a client that is none of the user pool's. Add the client to the"
            + " pool, or have the caller use one of its clients.",
        Reason.TOKEN_CLIENT);
    put(
        all,
        Place.METHOD,
        "A method without scopes takes ID tokens, one with scopes access tokens. Send the other"
            + " token, or change the method's authorizationScopes and deploy.",
        Reason.TOKEN_USE);
    put(
        all,
        Place.METHOD,
        "Compare the token's aud with the authorizer's validation expression.",
        Reason.TOKEN_AUDIENCE);
    put(
        all,
        Place.METHOD,
        "The client has to ask for one of the method's authorizationScopes, and be allowed it in the"
            + " user pool.",
        Reason.TOKEN_SCOPE);
  }

  private static void issuers(Map<Reason, Advice> all) {
    put(
        all,
        Place.ALIKE,
        "Many tokens that nobody has seen before came at once. See who sends them; honest callers"
            + " use the same token again.",
        Reason.TOKEN_CHECKS_WAITING);
    put(
        all,
        Place.POOLS,
        "Nodes could not fetch the issuer's keys even once. Check the pool's issuer and keys address,"
            + " and that the egress guard lets nodes reach it.",
        Reason.ISSUER_UNREACHABLE);
    put(
        all,
        Place.POOLS,
        "The issuer has been silent for longer than GATEHOUSE_ISSUER_KEYS_MAX_AGE. Bring it back; the"
            + " last good keys have served until now.",
        Reason.ISSUER_KEYS_TOO_OLD);
    put(
        all,
        Place.METHOD,
        "The method's authorizer names no user pool that there is. Set its providerARNs and deploy.",
        Reason.USER_POOL_AUTHORIZER_INVALID);
  }

  private static void keys(Map<Reason, Advice> all) {
    put(
        all,
        Place.METHOD,
        "The caller has to send its API key in x-api-key. If the method should not ask for one, take"
            + " apiKeyRequired off and deploy.",
        Reason.API_KEY_MISSING);
    put(
        all,
        Place.METHOD,
        "The API takes keys from its authorizer, whose answer has no usageIdentifierKey. Have the"
            + " function return one, or set the API's apiKeySource to HEADER.",
        Reason.API_KEY_NOT_NAMED);
    put(
        all,
        Place.KEYS,
        "No API key of this tenant has that value: it is mistyped, was deleted, or belongs elsewhere.",
        Reason.API_KEY_UNKNOWN);
    put(
        all,
        Place.KEYS,
        "Enable the API key, or have the caller use another.",
        Reason.API_KEY_DISABLED);
    put(
        all,
        Place.PLANS,
        "Put the API key into a usage plan, and this stage into the plan.",
        Reason.API_KEY_NOT_IN_PLAN);
  }

  private static void authorizers(Map<Reason, Advice> all) {
    put(
        all,
        Place.METHOD,
        "The method's authorizer is not complete, or of a kind that cannot be asked. Its URI has to"
            + " name a Lambda function; change it and deploy.",
        Reason.AUTHORIZER_INVALID);
    put(
        all,
        Place.METHOD,
        "The request lacks one of the authorizer's identity sources: the caller has to send it, or"
            + " the authorizer must not name it.",
        Reason.AUTHORIZER_IDENTITY_MISSING);
    put(
        all,
        Place.METHOD,
        "Compare the caller's token with the authorizer's identityValidationExpression.",
        Reason.AUTHORIZER_TOKEN_INVALID);
    put(
        all,
        Place.METHOD,
        "The authorizer's identityValidationExpression is too costly for such a token. Write it"
            + " without repetitions within repetitions.",
        Reason.AUTHORIZER_TOKEN_BUDGET);
    put(
        all,
        Place.FUNCTIONS,
        "The authorizer's function has answered \"Unauthorized\". Its log says why.",
        Reason.AUTHORIZER_UNAUTHORIZED);
    put(
        all,
        Place.FUNCTIONS,
        "The policy that the authorizer's function returned has no Allow for this method. A kept"
            + " policy is asked about every path: it has to allow all that the caller may call.",
        Reason.AUTHORIZER_POLICY_SILENT);
    put(
        all,
        Place.FUNCTIONS,
        "The policy that the authorizer's function returned denies this method. The function's log"
            + " shows what it decided by.",
        Reason.AUTHORIZER_POLICY_DENIES);
    put(
        all,
        Place.FUNCTIONS,
        "Allow the API to invoke the authorizer's function (add-permission for"
            + " apigateway.amazonaws.com), see that the function is there, and that the detail names"
            + " nothing else.",
        Reason.AUTHORIZER_NOT_INVOKED);
    put(
        all,
        Place.FUNCTIONS,
        "The authorizer's function threw an error or ran out of time or memory. Its log has it.",
        Reason.AUTHORIZER_FUNCTION_ERROR);
    put(
        all,
        Place.FUNCTIONS,
        "500 requests waited for one answer of the authorizer. Make its function faster, or keep its"
            + " answers for longer.",
        Reason.AUTHORIZER_BUSY);
    put(
        all,
        Place.FUNCTIONS,
        "What the authorizer's function returns may be 64 KB. Leave things out of its context.",
        Reason.AUTHORIZER_ANSWER_TOO_LARGE);
    put(
        all,
        Place.FUNCTIONS,
        "The connection to the authorizer's function ended within its answer. Look whether it is"
            + " being restarted, and try again.",
        Reason.AUTHORIZER_ANSWER_INCOMPLETE);
    put(
        all,
        Place.FUNCTIONS,
        "The detail names the member that is wrong. The function has to return principalId,"
            + " policyDocument and, if it likes, a context of texts, numbers and booleans.",
        Reason.AUTHORIZER_ANSWER_MALFORMED);
  }
}
