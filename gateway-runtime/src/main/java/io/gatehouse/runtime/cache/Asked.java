package io.gatehouse.runtime.cache;

import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.KeySource;
import io.gatehouse.runtime.exchange.MethodCaching;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A request as the cache sees it, read in one go: its key, what it asks of the cache, and a
 * fingerprint of what might choose the answer and is not in the key.
 */
final class Asked implements BiConsumer<String, String> {

  private final HeaderKinds kinds;
  private CacheKey key;
  private StringBuilder keyed;
  private long others;
  private List<Input> inputs;
  private boolean range;
  private boolean anew;
  private String codings;

  /**
   * Something of the request that is not in the key.
   *
   * @param name as {@code header.x-tenant}
   */
  record Input(String name, long mark) {}

  private Asked(HeaderKinds kinds) {
    this.kinds = kinds;
  }

  static Asked of(Exchange x, MethodCaching caching, HeaderKinds kinds) {
    Asked asked = new Asked(kinds);
    x.request().headers().forEach(asked);
    asked.query(x.request().query());
    asked.key(x, caching);
    return asked;
  }

  CacheKey key() {
    return key;
  }

  /** The same for requests that differ in nothing but their keys. */
  long others() {
    return others;
  }

  /** Part of an answer is neither kept nor cut out of one that is. */
  boolean wantsPart() {
    return range;
  }

  /** Whether the caller asks for an answer that is made now: by {@code max-age=0} and no other. */
  boolean wantsAnew() {
    return anew;
  }

  /** Whether the caller takes an answer in this coding; null for one that is in none. */
  boolean takes(String coding) {
    if (coding == null) {
      return true;
    }
    if (codings == null) {
      return false;
    }
    for (String item : codings.split(",")) {
      int semicolon = item.indexOf(';');
      String name = (semicolon < 0 ? item : item.substring(0, semicolon)).strip();
      String weight = semicolon < 0 ? "" : item.substring(semicolon + 1).replace(" ", "");
      if (name.equalsIgnoreCase(coding) && !weight.matches("q=0(\\.0{0,3})?")) {
        return true;
      }
    }
    return false;
  }

  /** Its inputs that are not in the key, by name. */
  static List<Input> inputs(Exchange x, HeaderKinds kinds) {
    Asked asked = new Asked(kinds);
    asked.inputs = new ArrayList<>();
    x.request().headers().forEach(asked);
    asked.query(x.request().query());
    return asked.inputs;
  }

  @Override
  public void accept(String name, String value) {
    switch (kinds.of(name)) {
      case KEYED -> {
        keyed = keyed == null ? new StringBuilder(256) : keyed;
        KeySource.append(keyed, name.toLowerCase(Locale.ROOT));
        KeySource.append(keyed, value);
      }
      case CACHE_CONTROL -> anew |= isMaxAgeZero(value);
      case RANGE -> range = true;
      case ACCEPT_ENCODING -> codings = codings == null ? value : codings + "," + value;
      case OTHER -> other("header.", name, value);
      case NOISE -> {}
    }
  }

  private void other(String place, String name, String value) {
    long mark = mark(name, value);
    others += mark;
    if (inputs != null) {
      inputs.add(new Input(place + name.toLowerCase(Locale.ROOT), mark));
    }
  }

  private static long mark(String name, String value) {
    long mark = 17;
    for (int i = 0; i < name.length(); i++) {
      mark = 31 * mark + (name.charAt(i) | 0x20);
    }
    mark = mark * 0x9E3779B97F4A7C15L + value.hashCode();
    return (mark ^ mark >>> 29) * 0xBF58476D1CE4E5B9L;
  }

  private void query(String query) {
    int from = 0;
    while (from < query.length()) {
      int next = query.indexOf('&', from);
      int end = next < 0 ? query.length() : next;
      int equals = query.indexOf('=', from);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      other("querystring.", query.substring(from, nameEnd), query.substring(nameEnd, end));
      from = end + 1;
    }
  }

  private static boolean isMaxAgeZero(String value) {
    if (value.length() < "max-age=0".length()) {
      return false;
    }
    for (String directive : value.split(",")) {
      if (directive.strip().equalsIgnoreCase("max-age=0")) {
        return true;
      }
    }
    return false;
  }

  private void key(Exchange x, MethodCaching caching) {
    StringBuilder callers = keyed;
    if (!caching.shared()) {
      callers = identity(x, caching, callers);
    }
    if (callers == null && caching.keySources().isEmpty() && !caching.keysBody()) {
      key = new CacheKey(caching.space(), "");
      return;
    }
    StringBuilder rest = new StringBuilder(128);
    for (int i = 0; i < caching.keySources().size(); i++) {
      caching.keySources().get(i).appendTo(rest, x);
    }
    if (callers != null) {
      rest.append('@').append(CacheKey.digest(callers.toString())); // secrets are in it
    }
    if (x.request().body() instanceof Body.Bytes(byte[] body) && body.length > 0) {
      rest.append('!').append(SnapshotCodec.sha256(body));
    }
    key = new CacheKey(caching.space(), rest.toString());
  }

  /** Who calls, as far as anybody has found out. */
  private static StringBuilder identity(Exchange x, MethodCaching caching, StringBuilder callers) {
    if (x.identity() == null && x.apiKey() == null && caching.credentials().isEmpty()) {
      return callers;
    }
    StringBuilder out = callers == null ? new StringBuilder(256) : callers.append('|');
    switch (x.identity()) {
      case null -> out.append('-');
      case Identity.Signer signer -> {
        KeySource.append(out, signer.account());
        KeySource.append(out, signer.userId());
        KeySource.append(out, signer.arn());
      }
      case Identity.Authorized somebody -> {
        KeySource.append(out, somebody.principalId());
        KeySource.append(out, new TreeMap<>(somebody.context()).toString());
      }
      case Identity.Bearer bearer -> {
        KeySource.append(out, bearer.claims().getOrDefault("iss", ""));
        KeySource.append(out, bearer.claims().getOrDefault("sub", ""));
      }
    }
    out.append('|');
    if (x.apiKey() != null) {
      KeySource.append(out, x.apiKey().id());
    }
    for (int i = 0; i < caching.credentials().size(); i++) {
      caching.credentials().get(i).appendTo(out, x);
    }
    return out;
  }
}
