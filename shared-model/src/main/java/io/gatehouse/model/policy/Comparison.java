package io.gatehouse.model.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** How an operator compares a request's value with those of a policy, negation left out. */
interface Comparison {

  /** Made ready once, when the policy is read: what has no variables is not read again. */
  Test compile(List<PolicyText> wanted);

  /** What a value of the policy would have to be, if it is not that. */
  default Optional<String> complaint(String wanted) {
    return Optional.empty();
  }

  /** Whether a request's value fits one of the policy's. */
  interface Test {

    boolean fits(String given, PolicyRequest request);
  }

  /** Reads a value of the policy; empty where it spells nothing of its kind. */
  interface Reading<T> {

    /**
     * @param request null for a text without variables
     */
    Optional<T> of(PolicyText text, PolicyRequest request);
  }

  /** Compares one with one. */
  interface Pair<L, T> {

    boolean fits(L given, T wanted, PolicyRequest request);
  }

  static Comparison texts(BiPredicate<String, String> same) {
    return wanted ->
        anyOf(
            wanted,
            Optional::of,
            PolicyText::text,
            (given, text, request) -> same.test(given, text));
  }

  static Comparison globs() {
    return wanted ->
        anyOf(
            wanted,
            Optional::of,
            PolicyText::glob,
            (given, glob, request) -> glob.matches(given, request));
  }

  /** Part by part, so that a wildcard never reaches over a colon into the next one. */
  static Comparison arns() {
    return wanted ->
        anyOf(
            wanted,
            ArnPattern::parts,
            (text, request) -> text.glob(request).flatMap(ArnPattern::of),
            (given, arn, request) -> arn.matches(given, request));
  }

  static Comparison truths() {
    return kind("true or false", Values::truth, Boolean::equals);
  }

  static Comparison bytes() {
    return kind("text in base64", Values::bytes, Arrays::equals);
  }

  static Comparison numbers(IntPredicate order) {
    return kind("a number", Values::number, (given, wanted) -> order.test(given.compareTo(wanted)));
  }

  static Comparison dates(IntPredicate order) {
    return kind(
        "a time such as 2026-06-01T12:00:00Z, or seconds since 1970",
        Values::time,
        (given, wanted) -> order.test(given.compareTo(wanted)));
  }

  static Comparison addresses() {
    return kind(
        "an address or block such as 203.0.113.0/24 or 2001:db8::/32",
        AddressBlock::parse,
        (given, wanted) -> wanted.contains(given));
  }

  /** Compares what both texts spell; a text that spells none of its kind is like nothing. */
  private static <T> Comparison kind(
      String what, Function<String, Optional<T>> read, BiPredicate<T, T> fits) {
    return new Comparison() {
      @Override
      public Test compile(List<PolicyText> wanted) {
        return anyOf(
            wanted,
            read,
            (text, request) -> text.text(request).flatMap(read),
            (given, right, request) -> fits.test(given, right));
      }

      @Override
      public Optional<String> complaint(String wanted) {
        return read.apply(wanted).isPresent()
            ? Optional.empty()
            : Optional.of("'" + wanted + "' is not " + what);
      }
    };
  }

  private static <L, T> Test anyOf(
      List<PolicyText> wanted,
      Function<String, Optional<L>> left,
      Reading<T> right,
      Pair<L, T> pair) {
    List<T> constants = new ArrayList<>();
    List<PolicyText> varying = new ArrayList<>();
    for (PolicyText text : wanted) {
      if (text.hasVariables()) {
        varying.add(text);
      } else {
        right.of(text, null).ifPresent(constants::add);
      }
    }
    return (given, request) -> {
      request.spend(given.length() + wanted.size());
      Optional<L> read = left.apply(given);
      if (read.isEmpty()) {
        return false;
      }
      for (T constant : constants) {
        if (pair.fits(read.get(), constant, request)) {
          return true;
        }
      }
      for (PolicyText text : varying) {
        Optional<T> filled = right.of(text, request);
        if (filled.isPresent() && pair.fits(read.get(), filled.get(), request)) {
          return true;
        }
      }
      return false;
    };
  }
}
