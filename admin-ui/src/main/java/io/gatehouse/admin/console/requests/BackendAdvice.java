package io.gatehouse.admin.console.requests;

import static io.gatehouse.admin.console.requests.Advice.put;

import io.gatehouse.runtime.exchange.Reason;
import java.util.Map;

/** On backends: servers, functions, AWS services and what leads to them. */
final class BackendAdvice {

  private BackendAdvice() {}

  static void addTo(Map<Reason, Advice> all) {
    connections(all);
    certificates(all);
    answers(all);
    lambda(all);
    services(all);
  }

  private static void connections(Map<Reason, Advice> all) {
    put(
        all,
        Place.METHOD,
        "The name in the integration's URI does not resolve on the nodes. Correct it, or its DNS.",
        Reason.BACKEND_ADDRESS_UNKNOWN);
    put(
        all,
        Place.METHOD,
        "The backend has a private address, which tenants may not reach. An operator can list it in"
            + " GATEHOUSE_EGRESS_ALLOW; a VPC link is the other way.",
        Reason.BACKEND_ADDRESS_FORBIDDEN);
    put(
        all,
        Place.BACKENDS,
        "The backend took no connection or dropped it. See that it runs and that its port is open"
            + " for the nodes.",
        Reason.BACKEND_UNREACHABLE);
    put(
        all,
        Place.METHOD,
        "The backend took longer than the integration's timeoutInMillis. Compare the integration"
            + " latency in the logs, make the backend faster, or give it more time.",
        Reason.BACKEND_TIMEOUT,
        Reason.BACKEND_BODY_LATE);
    put(
        all,
        Place.BACKENDS,
        "Too many requests waited for this backend at once. Make it faster or let it have more"
            + " connections.",
        Reason.BACKEND_BUSY);
    put(
        all,
        Place.BACKENDS,
        "Five connections in a row failed, so the backend is left alone but for one try a second. It"
            + " is called again as soon as one succeeds.",
        Reason.BACKEND_CIRCUIT_OPEN);
    put(
        all,
        Place.BACKENDS,
        "The tenant's calls of all backends fill its share of the node. Find the slow backend.",
        Reason.BACKEND_CALLS_OF_ACCOUNT);
    put(
        all,
        Place.VPC_LINKS,
        "The integration's connectionId names no VPC link of this tenant. Set it, perhaps by a stage"
            + " variable, and deploy.",
        Reason.VPC_LINK_UNKNOWN);
    put(
        all,
        Place.VPC_LINKS,
        "Give the VPC link targets by its tag gatehouse:targets.",
        Reason.VPC_LINK_WITHOUT_TARGETS);
    put(
        all,
        Place.STAGE,
        "With the stage's variables filled in, the integration's URI is no address. The detail shows"
            + " what came out; compare the variables.",
        Reason.ENDPOINT_INVALID);
  }

  private static void certificates(Map<Reason, Advice> all) {
    put(
        all,
        Place.BACKEND_ACCESS,
        "Add the authority that issued the backend's certificate to the trusted ones, or have the"
            + " backend send its whole chain.",
        Reason.BACKEND_CERTIFICATE_UNTRUSTED);
    put(
        all,
        Place.BACKENDS,
        "Renew the backend's certificate. Expiry is checked even with insecureSkipVerification.",
        Reason.BACKEND_CERTIFICATE_EXPIRED);
    put(
        all,
        Place.METHOD,
        "The host in the integration's URI has to be a name in the backend's certificate.",
        Reason.BACKEND_CERTIFICATE_NAME);
    put(
        all,
        Place.BACKENDS,
        "No TLS connection came about. See which versions and ciphers the backend takes, and whether"
            + " it asks for a client certificate, which the stage can show.",
        Reason.BACKEND_TLS_FAILED);
  }

  private static void answers(Map<Reason, Advice> all) {
    put(
        all,
        Place.BACKENDS,
        "The backend's answer is not HTTP that can be read in one way only. Look at what it sends, or"
            + " at the proxy before it.",
        Reason.BACKEND_INVALID_ANSWER,
        Reason.BACKEND_ANSWER_AMBIGUOUS,
        Reason.BACKEND_BODY_INVALID,
        Reason.BACKEND_ANSWER_ENDLESS,
        Reason.BACKEND_SWITCHES_PROTOCOLS);
    put(
        all,
        Place.METHOD,
        "An answer that a template works on may be 10 MB. Let larger ones pass through"
            + " (HTTP_PROXY, or no template).",
        Reason.BACKEND_ANSWER_TOO_LARGE);
    put(
        all,
        Place.BACKENDS,
        "The backend's headers are too large, cookies usually. Have it send fewer.",
        Reason.BACKEND_ANSWER_HEAD_TOO_LARGE);
    put(
        all,
        Place.BACKENDS,
        "The backend broke off within its answer: it crashed, was restarted, or something between"
            + " closed the connection. Its own log has more.",
        Reason.BACKEND_BODY_INCOMPLETE,
        Reason.BACKEND_STREAM_RESET);
  }

  private static void lambda(Map<Reason, Advice> all) {
    put(
        all,
        Place.METHOD,
        "Set the integration's httpMethod to POST: a function is invoked by it, whatever the method's"
            + " own verb is.",
        Reason.LAMBDA_VERB);
    put(
        all,
        Place.FUNCTIONS,
        "Allow the API to invoke the function: aws lambda add-permission --principal"
            + " apigateway.amazonaws.com with the source ARN of this method.",
        Reason.LAMBDA_NOT_PERMITTED);
    put(
        all,
        Place.FUNCTIONS,
        "Compare the function's name, version or alias in the integration's URI, and stage variables"
            + " in it, with the functions that there are.",
        Reason.LAMBDA_NOT_FOUND);
    put(
        all,
        Place.METHOD,
        "The request template has to make JSON for the function.",
        Reason.LAMBDA_PAYLOAD_INVALID);
    put(
        all,
        Place.METHOD,
        "A function takes 6 MB. Give callers an address to upload to, and the function the name of"
            + " what was uploaded.",
        Reason.LAMBDA_PAYLOAD_TOO_LARGE);
    put(
        all,
        Place.FUNCTIONS,
        "All of the function's executions are busy. Raise its reserved concurrency, or make it"
            + " faster.",
        Reason.LAMBDA_THROTTLED);
    put(
        all,
        Place.FUNCTIONS,
        "Lambda refused the invocation; the detail has its words.",
        Reason.LAMBDA_REFUSED);
    put(
        all,
        Place.FUNCTIONS,
        "The function could not be started: its code, runtime or handler may be broken. Test it on"
            + " its page.",
        Reason.LAMBDA_UNAVAILABLE);
    put(
        all,
        Place.FUNCTIONS,
        "The function threw an error, or ran out of time or memory. Its lines stand in the execution"
            + " log below.",
        Reason.LAMBDA_FUNCTION_ERROR);
    put(
        all,
        Place.FUNCTIONS,
        "The detail names the member by JSON pointer. A proxy integration's function returns"
            + " statusCode, headers of texts, and a body that is a text.",
        Reason.LAMBDA_ANSWER_MALFORMED);
    put(
        all,
        Place.FUNCTIONS,
        "An operator has to name this account in GATEHOUSE_FUNCTIONS, or the account has to say where"
            + " its functions are under Backend access.",
        Reason.FUNCTIONS_NOT_ALLOWED);
  }

  private static void services(Map<Reason, Advice> all) {
    put(
        all,
        Place.BACKEND_ACCESS,
        "Correct the account's endpoint for the service.",
        Reason.AWS_ENDPOINT_INVALID);
    put(
        all,
        Place.BACKEND_ACCESS,
        "Register keys for the role in the integration's credentials.",
        Reason.ROLE_WITHOUT_KEYS);
    put(
        all,
        Place.BACKEND_ACCESS,
        "The node has another GATEHOUSE_NODE_KEY than the control plane that sealed the keys. Whoever"
            + " runs the installation has to set it; then register the keys again.",
        Reason.ROLE_KEYS_SEALED);
    put(
        all,
        Place.BACKEND_ACCESS,
        "STS refused: see that the role trusts the registered keys' user, and that the external id is"
            + " right. The detail has its words.",
        Reason.ASSUME_ROLE_REFUSED);
    put(
        all,
        Place.BACKEND_ACCESS,
        "STS could not be asked, or failed. The detail has its words; it is asked again at the next"
            + " request.",
        Reason.ASSUME_ROLE_FAILED);
  }
}
