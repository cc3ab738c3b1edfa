package io.gatehouse.runtime.pipeline;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some steps, one after the other: on the event loop as long as that may take, and what costs more
 * is done again, from its step on, by a worker. Whatever goes wrong in them becomes an answer.
 */
final class Steps {

  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  /** A few tenths of a millisecond. */
  private static final long BUDGET_ON_THE_LOOP = 50_000;

  /** Some 50 milliseconds: no tenant's template, schema or pattern gets more for one exchange. */
  private static final long BUDGET_IN_ALL = 5_000_000;

  /**
   * Besides, for each byte of a body of any lawful size: what it takes a check, a mapping and a
   * template to read it as JSON, and to write it again.
   */
  private static final long BUDGET_FOR_A_BYTE = 10;

  /** Larger bodies go to a worker at once: reading them alone would use up what the loop may. */
  private static final long LARGEST_ON_THE_LOOP = 32 << 10;

  private static final int REFUSED = -1;

  /** A step under the name that it has in the timeline, which is not made anew each time. */
  private record Stop(Step step, String name) {}

  private final List<Stop> stops;
  private final GatewayResponses gatewayResponses;
  private final Workers workers;
  private final LongSupplier nanos;

  Steps(Pipeline.Parts parts, List<Step> steps) {
    this.stops = steps.stream().map(step -> new Stop(step, step.name())).toList();
    this.gatewayResponses = parts.gatewayResponses();
    this.workers = parts.workers();
    this.nanos = parts.nanos();
  }

  /**
   * All of them at once, where none does work of a tenant's choosing.
   *
   * @return false when the exchange was refused and has its response
   */
  boolean pass(Exchange x) {
    return allDone(perform(0, x), x);
  }

  /** All of them; then {@code next}, or with a refusal {@code deliver}. */
  void run(Exchange x, Consumer<Exchange> deliver, BiConsumer<Exchange, Consumer<Exchange>> next) {
    int reached = 0;
    if (x.heldBytes() <= LARGEST_ON_THE_LOOP) {
      x.budget(Budget.of(BUDGET_ON_THE_LOOP));
      reached = perform(0, x);
    }
    if (reached == REFUSED) {
      deliver.accept(x);
    } else if (reached == stops.size()) {
      next.accept(x, deliver);
    } else {
      byWorker(reached, x, deliver, next);
    }
  }

  private void byWorker(
      int from,
      Exchange x,
      Consumer<Exchange> deliver,
      BiConsumer<Exchange, Consumer<Exchange>> next) {
    boolean[] refused = {true};
    Runnable work = () -> refused[0] = !passInFull(from, x);
    Runnable then =
        () -> {
          if (refused[0]) {
            deliver.accept(x);
          } else {
            next.accept(x, deliver);
          }
        };
    if (!workers.run(x.stage().account(), work, then)) {
      gatewayResponses.answer(
          x,
          GatewayException.of(
              ResponseType.DEFAULT_5XX, 503, "Service Unavailable", Reason.WORK_QUEUE_FULL));
      deliver.accept(x);
    }
  }

  /** With all that an exchange may spend. */
  private boolean passInFull(int from, Exchange x) {
    x.budget(Budget.of(BUDGET_IN_ALL + BUDGET_FOR_A_BYTE * BodiesInHand.bytesOf(x)));
    return allDone(perform(from, x), x);
  }

  /** What was left undone because it costs too much is no leave to go on. */
  private boolean allDone(int reached, Exchange x) {
    if (reached >= 0 && reached < stops.size()) {
      gatewayResponses.answer(x, stops.get(reached).step().tooCostly());
    }
    return reached == stops.size();
  }

  /**
   * @return the number of steps when all were done, the one that asked for more than the budget, or
   *     {@link #REFUSED} when there is a response already
   */
  private int perform(int from, Exchange x) {
    int i = from;
    try {
      for (; i < stops.size(); i++) {
        Stop stop = stops.get(i);
        if (stop.step().concerns(x)) {
          stop.step().apply(x);
          x.timeline().passed(stop.name(), nanos.getAsLong());
        }
      }
    } catch (BudgetExhausted e) {
      return i;
    } catch (GatewayException refusal) {
      x.timeline().passed(stops.get(i).name(), nanos.getAsLong()); // the story ends with it
      gatewayResponses.answer(x, refusal);
      return REFUSED;
    } catch (RuntimeException bug) {
      LOG.error("request {} met a bug", x.id(), bug);
      gatewayResponses.answer(x, GatewayException.bug(bug));
      return REFUSED;
    } catch (StackOverflowError bug) {
      // Depths are bounded everywhere; should one be missing, it costs this request and no other.
      LOG.error("request {} went too deep", x.id(), bug);
      gatewayResponses.answer(x, GatewayException.bug(new IllegalStateException(bug)));
      return REFUSED;
    }
    return i;
  }
}
