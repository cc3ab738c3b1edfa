package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that an issuer publishes (RFC 7517), as far as tokens may be checked by them. A key that
 * is published as it was before is the same object, so that what is known by it stays known.
 */
final class PublishedKeys {

  private static final int MOST_KEYS = 100;
  private static final int MOST_DEPTH = 8;

  /** For each character of the document. */
  private static final int STEPS = 8;

  private final Map<String, PublishedKey> byId;

  private PublishedKeys(Map<String, PublishedKey> byId) {
    this.byId = byId;
  }

  /**
   * @param before what was published the last time; null for nothing
   * @throws IssuerFailure when the document is none, or has no key that serves
   */
  static PublishedKeys read(String document, PublishedKeys before) throws IssuerFailure {
    if (!(document(document).get("keys") instanceof List<?> keys)) {
      throw new IssuerFailure("its keys document has no list of keys");
    }
    if (keys.size() > MOST_KEYS) {
      throw new IssuerFailure("its keys document has more than " + MOST_KEYS + " keys");
    }
    Map<String, PublishedKey> byId = new HashMap<>();
    Set<String> doubled = new HashSet<>();
    for (Object one : keys) {
      key(one, before)
          .filter(key -> byId.putIfAbsent(key.id(), key) != null)
          .ifPresent(key -> doubled.add(key.id()));
    }
    // Which of them was meant is anybody's guess.
    byId.keySet().removeAll(doubled);
    if (byId.isEmpty()) {
      throw new IssuerFailure("its keys document has no key with a kid that signatures may have");
    }
    return new PublishedKeys(Map.copyOf(byId));
  }

  /**
   * A JSON object that can be read in one way only.
   *
   * @throws IssuerFailure saying why it is none
   */
  @SuppressWarnings("unchecked")
  static Map<String, Object> document(String text) throws IssuerFailure {
    try {
      Object value =
          Json.parseUnambiguous(text, Budget.of((long) STEPS * text.length()), MOST_DEPTH);
      if (value instanceof Map<?, ?> object) {
        return (Map<String, Object>) object;
      }
      throw new IssuerFailure("it answered JSON that is no object");
    } catch (InvalidJson e) {
      throw new IssuerFailure("it answered what is no JSON: " + e.getMessage());
    } catch (BudgetExhausted e) {
      throw new IssuerFailure("it answered JSON that is too much to read");
    }
  }

  @SuppressWarnings("unchecked")
  private static Optional<PublishedKey> key(Object value, PublishedKeys before) {
    if (!(value instanceof Map<?, ?> members)) {
      return Optional.empty();
    }
    PublishedKey known =
        before != null && members.get("kid") instanceof String id ? before.get(id) : null;
    return known != null && known.members().equals(members)
        ? Optional.of(known)
        : PublishedKey.of((Map<String, Object>) members);
  }

  /** Null when the issuer publishes none of this id. */
  PublishedKey get(String id) {
    return byId.get(id);
  }

  /** The same keys as a document. */
  String document() {
    List<Map<String, Object>> keys = byId.values().stream().map(PublishedKey::members).toList();
    return Json.text(Map.of("keys", keys), Budget.of(Long.MAX_VALUE));
  }
}
