package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Failures;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.PessimisticLockException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import javax.transaction.xa.XAException;

/** A database that is away or busy: no mistake of ours, and gone when the caller tries again. */
@ApplicationScoped
public class DatabaseFailures implements Failures {

  private static final Logger LOG = Logger.getLogger(DatabaseFailures.class.getName());
  private static final int DEEPEST_CAUSE = 20;
  private static final int LONGEST_SENTENCE = 200;

  /** Lock not available, deadlock, no serial order, statement took too long, made twice at once. */
  private static final Set<String> BUSY =
      Set.of("55P03", "40P01", "40001", "57014", "HYT00", "23505");

  /** Shut down, starting up, out of connections. */
  private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300");

  /** H2: connection broken, database closed. */
  private static final Set<Integer> AWAY_IN_H2 = Set.of(90067, 90098, 90121);

  private enum Verdict {
    AWAY("The database cannot be reached at the moment. Nothing was changed; try again."),
    UNSURE(
        "The database was lost while the change was being written. See whether it was made before"
            + " trying again."),
    BUSY(
        "Another change to the same thing takes too long. Nothing was changed; try again in a"
            + " moment.");

    private final String sentence;

    Verdict(String sentence) {
      this.sentence = sentence;
    }
  }

  @Override
  public Optional<ApiError> passing(Throwable failure) {
    if (failure instanceof ApiError) {
      return Optional.empty();
    }
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      Optional<Verdict> verdict = verdict(cause);
      if (verdict.isPresent()) {
        LOG.warning("Refused for now, the database says: " + rootSentence(cause));
        return Optional.of(ApiError.of(ApiError.Kind.SERVICE_UNAVAILABLE, verdict.get().sentence));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String rootSentence(Throwable cause) {
    Throwable root = cause;
    for (int depth = 0; root.getCause() != null && depth < DEEPEST_CAUSE; depth++) {
      root = root.getCause();
    }
    String line = String.valueOf(root.getMessage()).lines().findFirst().orElse("nothing");
    // H2 would tell the whole row.
    return line.length() > LONGEST_SENTENCE ? line.substring(0, LONGEST_SENTENCE) + "..." : line;
  }

  private static Optional<Verdict> verdict(Throwable cause) {
    return switch (cause) {
      case LockTimeoutException busy -> Optional.of(Verdict.BUSY);
      case PessimisticLockException busy -> Optional.of(Verdict.BUSY);
      case DatabaseUnavailable away -> Optional.of(Verdict.AWAY);
      case XAException lost -> Optional.of(Verdict.UNSURE);
      case SQLException sql -> verdict(sql);
      default -> Optional.empty();
    };
  }

  private static Optional<Verdict> verdict(SQLException sql) {
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    if (BUSY.contains(state)) {
      return Optional.of(Verdict.BUSY);
    }
    boolean away =
        state.startsWith("08")
            || AWAY.contains(state)
            || AWAY_IN_H2.contains(sql.getErrorCode())
            || sql instanceof SQLRecoverableException
            || sql instanceof SQLTransientConnectionException
            || sql instanceof SQLNonTransientConnectionException;
    return away ? Optional.of(Verdict.AWAY) : Optional.empty();
  }
}
