package io.gatehouse.runtime.exchange;

import java.util.List;

/**
 * How the answers of a method are kept, decided when its stage is compiled.
 *
 * @param space what the keys of all its entries begin with, and no others': account, API, stage,
 *     canary, generation, deployment, namespace, verb and the names of what is in the key
 * @param verb of the requests whose answers are kept
 * @param ttlMillis for how long an answer is good
 * @param staleMillis for how much longer it may stand in for a backend that fails
 * @param encrypted whether it is sealed while it is kept
 * @param shared declared to be for everybody, whoever calls and whatever the backend says of it
 * @param keySources what of a request is in the key, in order
 * @param keyedHeaders names of headers that are in the key whenever a request has them: those that
 *     say who calls, and what the gateway's own mappings look at
 * @param credentials query parameters that say who calls
 * @param invalidation what becomes of a request that asks for a fresh answer
 */
public record MethodCaching(
    StageCaching stage,
    String space,
    String verb,
    long ttlMillis,
    long staleMillis,
    boolean encrypted,
    boolean shared,
    List<KeySource> keySources,
    List<String> keyedHeaders,
    List<KeySource> credentials,
    Invalidation invalidation) {

  /** The vendor's settings of who may have an entry fetched anew, by {@code max-age=0}. */
  public enum Invalidation {
    ANYBODY,
    /** Only with permission; others are refused. */
    FAIL_WITH_403,
    /** Only with permission; others are served as if they had not asked, and warned. */
    SUCCEED_WITH_RESPONSE_HEADER,
    /** Only with permission; others are served as if they had not asked. */
    SUCCEED_WITHOUT_RESPONSE_HEADER
  }

  /**
   * Whether the answer to this request may be kept or come from what is kept. A body says what no
   * key does where its method's author did not ask for it.
   */
  public boolean concerns(Request request) {
    return request.method().equals(verb)
        && (request.body().length() == 0 || keysBody() && request.body() instanceof Body.Bytes);
  }

  /** Whether requests have bodies as a rule, which are in the key then. */
  public boolean keysBody() {
    return !verb.equals("GET") && !verb.equals("HEAD");
  }
}
