package io.gatehouse.admin.console.requests;

import static io.gatehouse.admin.console.requests.Advice.put;

import io.gatehouse.runtime.exchange.Reason;
import java.util.Map;

/** On what was asked for, how often, and how it was written. */
final class RequestAdvice {

  private RequestAdvice() {}

  static void addTo(Map<Reason, Advice> all) {
    finding(all);
    limits(all);
    validation(all);
    framing(all);
  }

  private static void finding(Map<Reason, Advice> all) {
    put(
        all,
        Place.APIS,
        "Compare the API id in the address or Host with those of your APIs. An API answers once a"
            + " stage of it is deployed.",
        Reason.API_NOT_FOUND);
    put(
        all,
        Place.DEPLOYMENTS,
        "Compare the first part of the path with the names of the API's stages, or deploy to a stage"
            + " of this name.",
        Reason.STAGE_NOT_FOUND);
    put(
        all,
        Place.APIS,
        "Add a base path mapping of the domain name for this path, or one for the empty base path.",
        Reason.BASE_PATH_NOT_FOUND);
    put(
        all,
        Place.ALIKE,
        "Whoever operates the installation has suspended this tenant: the reason stands above every"
            + " screen. Ask them; nothing is lost, and nothing has to be deployed again.",
        Reason.ACCOUNT_SUSPENDED);
    put(
        all,
        Place.API,
        "The API's disableExecuteApiEndpoint is set: call it by its custom domain name, or set it"
            + " back and deploy.",
        Reason.ENDPOINT_DISABLED);
    put(
        all,
        Place.RESOURCES,
        "Compare path and verb with the API's resources; the detail names the nearest one. If it is"
            + " there, it may not be deployed yet.",
        Reason.ROUTE_NOT_FOUND);
    put(
        all,
        Place.API,
        "A private API is reached through its VPC endpoints only. Compare the caller's address with"
            + " the networks that the operator has listed, and the endpoint with the API's.",
        Reason.PRIVATE_API);
    put(
        all,
        Place.METHOD,
        "The method asks for something that this version cannot serve. The stage's page names it.",
        Reason.NOT_BUILT);
    put(
        all,
        Place.ALIKE,
        "The caller closed its connection before the answer. If many do, compare their patience with"
            + " how long the backend takes.",
        Reason.CALLER_GONE);
    put(
        all,
        Place.ALIKE,
        "This is a mistake of Gatehouse. Give the request id to whoever runs the installation: the"
            + " node's log has the error under it.",
        Reason.BUG);
  }

  private static void limits(Map<Reason, Advice> all) {
    put(
        all,
        Place.ALIKE,
        "The node is full. If it stays so, whoever runs the installation has to add nodes, or raise"
            + " GATEHOUSE_MAX_IN_FLIGHT; slow backends are the usual cause.",
        Reason.OVERLOADED);
    put(
        all,
        Place.BACKENDS,
        "This tenant's requests fill its share of the node, usually because a backend has become"
            + " slow.",
        Reason.ACCOUNT_OVERLOADED);
    put(
        all,
        Place.PLANS,
        "Raise the usage plan's throttle for this method, or have the caller wait as long as"
            + " Retry-After says.",
        Reason.THROTTLED_BY_PLAN_FOR_METHOD);
    put(
        all,
        Place.PLANS,
        "Raise the rate and burst of the usage plan, or have the caller wait as long as Retry-After"
            + " says.",
        Reason.THROTTLED_BY_PLAN);
    put(
        all,
        Place.STAGE,
        "Raise the throttle in the stage's settings for this method; it holds for all callers"
            + " together.",
        Reason.THROTTLED_BY_METHOD);
    put(
        all,
        Place.ALIKE,
        "All APIs of the tenant together are at the account's rate. See which calls most; an"
            + " operator can raise the rate.",
        Reason.THROTTLED_BY_ACCOUNT);
    put(
        all,
        Place.PLANS,
        "The key's quota is spent until its period ends. Extend it for this key under the plan's"
            + " usage, or raise the plan's quota.",
        Reason.QUOTA_EXCEEDED);
    put(
        all,
        Place.PLANS,
        "The node that counts the quota did not answer. The plan's tag gatehouse:when-unreachable"
            + " says whether requests are refused meanwhile; it passes once the node is back.",
        Reason.QUOTA_UNREACHABLE);
    put(
        all,
        Place.ALIKE,
        "The tenant's costly work (templates, schemas) waits for a worker. See which method is called"
            + " most and simplify its templates.",
        Reason.WORK_QUEUE_FULL);
    put(
        all,
        Place.ALIKE,
        "The node holds too many bodies at once. Send fewer large bodies at a time, or let methods"
            + " pass them through without template and validator.",
        Reason.BODIES_IN_HAND);
  }

  private static void validation(Map<Reason, Advice> all) {
    put(
        all,
        Place.METHOD,
        "The largest body is 10 MB. For larger ones give callers an address to upload to.",
        Reason.BODY_TOO_LARGE,
        Reason.BODY_TOO_LARGE_DECODED);
    put(
        all,
        Place.ALIKE,
        "The caller's Content-Encoding is not what its body is in. It has to be gzip or deflate, or"
            + " not be there.",
        Reason.BODY_NOT_DECODABLE);
    put(
        all,
        Place.METHOD,
        "The detail names the parameters. The caller has to send them, or the method must not"
            + " require them.",
        Reason.REQUIRED_PARAMETERS_MISSING);
    put(
        all,
        Place.METHOD,
        "The method has a model for this content type, so the caller has to send JSON.",
        Reason.BODY_NOT_JSON);
    put(
        all,
        Place.METHOD,
        "The detail says where the body does not fit the method's model. Mend the caller's body or"
            + " the model's schema.",
        Reason.BODY_INVALID);
    put(
        all,
        Place.METHOD,
        "The model's schema is too costly for such a body: patterns and alternatives within"
            + " alternatives multiply. Simplify it.",
        Reason.SCHEMA_BUDGET);
    put(
        all,
        Place.METHOD,
        "The schema of the method's model cannot be used. The stage's page says what is wrong with"
            + " it.",
        Reason.MODEL_INVALID);
  }

  private static void framing(Map<Reason, Advice> all) {
    put(
        all,
        Place.ALIKE,
        "The caller's HTTP is not well formed, and nothing is repaired. Look at the client or proxy"
            + " that sends it: requests that can be read in two ways are how requests are smuggled.",
        Reason.REQUEST_LINE_INVALID,
        Reason.FRAMING_LENGTH_AND_CODING,
        Reason.FRAMING_LENGTH_DOUBLED,
        Reason.FRAMING_LENGTH_INVALID,
        Reason.FRAMING_CODING_UNSUPPORTED,
        Reason.FRAMING_CHUNK_INVALID,
        Reason.FRAMING_LINE_FEED,
        Reason.FRAMING_FOLDED_HEADER,
        Reason.HEADER_INVALID);
    put(
        all,
        Place.ALIKE,
        "The caller's path has a segment of dots, bytes outside ASCII or a broken percent sign. It"
            + " has to encode what it puts into paths.",
        Reason.TARGET_MALFORMED);
    put(
        all,
        Place.ALIKE,
        "The caller has to send one valid Host header, which agrees with the request line.",
        Reason.HOST_MISSING,
        Reason.HOST_DOUBLED,
        Reason.HOST_INVALID,
        Reason.HOST_MISMATCH);
    put(
        all,
        Place.ALIKE,
        "The caller has to speak HTTP/1.1, or HTTP/2 where the operator has switched it on.",
        Reason.HTTP_VERSION_UNSUPPORTED);
    put(
        all,
        Place.ALIKE,
        "The caller's address or headers are too long, cookies usually. Shorten them; the operator's"
            + " bound is GATEHOUSE_MAX_HEADER_BYTES.",
        Reason.URL_TOO_LONG,
        Reason.HEADERS_TOO_LARGE);
    put(
        all,
        Place.ALIKE,
        "The caller sends too slowly: a bad line, or somebody who keeps connections busy on purpose."
            + " See whether it is one address.",
        Reason.HEADER_TIMEOUT,
        Reason.BODY_TIMEOUT);
    put(
        all,
        Place.ALIKE,
        "One address has too many connections open. Behind a proxy, the operator has to list it in"
            + " GATEHOUSE_TRUSTED_PROXIES.",
        Reason.TOO_MANY_CONNECTIONS);
  }
}
