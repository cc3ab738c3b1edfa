package io.gatehouse.runtime.cache;

import io.gatehouse.model.snapshot.LeakReport;
import io.gatehouse.runtime.cache.SharedResponses.Address;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.MethodCaching;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps answers, here and for the other nodes, and takes away what is not to be kept. */
final class Keeping {

  private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

  /** For how long a backend is taken to go on answering what is not kept. */
  private static final long UNKEPT_MILLIS = 10_000;

  private static final int MOST_INPUTS_TOLD = 16;

  private final ResponseCache.Parts parts;
  private final NodeEntries entries;
  private final CacheCounts counts;

  Keeping(ResponseCache.Parts parts, NodeEntries entries, CacheCounts counts) {
    this.parts = parts;
    this.entries = entries;
    this.counts = counts;
  }

  /**
   * Keeps what a flight has brought.
   *
   * @return what those that wait for it are told
   */
  Outcome keep(Flight flight, Answer answer) {
    Waiting leader = flight.leader();
    Waiting by = readFor(leader, answer);
    if (by == null) {
      unkept(leader, true);
      return new Outcome.Unkept();
    }
    Kept.Facts facts = facts(by, answer);
    flight.claim().unlessWithdrawn(() -> put(by, facts, answer));
    return by == leader ? new Outcome.Have(facts, answer) : new Outcome.Abandoned();
  }

  /**
   * The request as it has to be read where an answer varies by more than was known; null where that
   * is too much.
   */
  private static Waiting readFor(Waiting asking, Answer answer) {
    List<String> varying = answer.varying();
    if (varying.stream().allMatch(asking.method().kinds()::tellsApart)) {
      return asking;
    }
    return varying.contains("*") || asking.method().learn(varying) == null
        ? null
        : asking.readAgain();
  }

  private static Kept.Facts facts(Waiting by, Answer answer) {
    Exchange x = by.x();
    MethodCaching caching = by.caching();
    return new Kept.Facts(
        x.startMillis(), // the answer to a later request is newer, whichever arrives first
        caching.ttlMillis(),
        caching.staleMillis(),
        (int) Math.clamp(x.backendNanos() / 1_000_000, 0, Integer.MAX_VALUE),
        x.path(),
        x.method().resourcePath(),
        answer.coding(),
        Asked.inputs(x, by.method().kinds()).stream().mapToLong(Asked.Input::mark).toArray());
  }

  private void put(Waiting by, Kept.Facts facts, Answer answer) {
    StageEntries stage = by.method().stage();
    Kept kept =
        by.caching().encrypted()
            ? new Kept(
                facts,
                null,
                KeptCodec.seal(facts, answer, by.key(), stage.seal(), parts.clock().millis()))
            : new Kept(facts, answer, null);
    boolean shared = parts.shared().isShared();
    if (shared && answer.body().length > ResponseCache.MOST_NEAR_BYTES) {
      stage.remove(by.key());
    } else {
      stage.put(by.key(), kept);
    }
    if (shared || by.anew()) {
      share(by, kept);
    }
  }

  private void share(Waiting by, Kept kept) {
    Kept.Facts facts = kept.facts();
    Address address = by.address();
    long millis = facts.ttlMillis() + facts.staleMillis();
    parts
        .shared()
        .put(
            address,
            new SharedResponses.Shared(
                () -> kept.frame() == null ? KeptCodec.encode(facts, kept.answer()) : kept.frame(),
                facts.createdMillis(),
                millis,
                by.anew()));
  }

  /**
   * What has come is not kept, and what was kept is no more where it was asked for anew.
   *
   * @param lasting whether the next one is taken to be no other
   */
  void unkept(Waiting asking, boolean lasting) {
    if (asking.anew()) {
      remove(asking);
    }
    if (lasting) {
      asking
          .method()
          .stage()
          .put(asking.key(), Kept.nothing(parts.clock().millis(), UNKEPT_MILLIS));
    }
  }

  private void remove(Waiting asking) {
    asking.method().stage().remove(asking.key());
    parts.shared().removed(asking.address());
  }

  /**
   * A caller's own answer was another than the one that is kept: it takes its place.
   *
   * @param keepable whether it may
   */
  void differs(Check check, Answer own, boolean keepable) {
    Waiting asking = check.asking();
    if (asking.method().guard().differs(asking.key(), check.expected(), own)) {
      stop(check);
      return;
    }
    Waiting by = keepable ? readFor(asking, own) : null;
    if (by == null || by != asking) {
      remove(asking);
    }
    if (by != null) {
      check.claim().unlessWithdrawn(() -> put(by, facts(by, own), own));
    }
  }

  private void stop(Check check) {
    LeakReport report = report(check);
    if (!stop(report)) {
      return; // two were checked at once
    }
    LOG.warn(
        "the answers of {} {} of stage {} of API {} depend on more than their key and are kept no"
            + " more: {}",
        report.httpMethod(),
        report.resourcePath(),
        report.stageName(),
        report.apiId(),
        report.inputs());
    parts.shared().stop(report);
  }

  /**
   * A method's answers are kept no more.
   *
   * @return whether that is news
   */
  boolean stop(LeakReport report) {
    boolean news = entries.stop(report.space());
    if (news) {
      counts.stop();
    }
    return news;
  }

  private LeakReport report(Check check) {
    Exchange x = check.asking().x();
    CompiledStage stage = x.stage();
    List<String> inputs =
        Asked.inputs(x, check.asking().method().kinds()).stream()
            .filter(input -> !check.facts().has(input.mark()))
            .map(Asked.Input::name)
            .distinct()
            .limit(MOST_INPUTS_TOLD)
            .toList();
    return new LeakReport(
        stage.account(),
        stage.apiId(),
        stage.stageName(),
        stage.deploymentId(),
        x.method().httpMethod(),
        x.method().resourcePath(),
        check.asking().caching().space(),
        parts.node(),
        parts.clock().millis(),
        inputs);
  }
}
