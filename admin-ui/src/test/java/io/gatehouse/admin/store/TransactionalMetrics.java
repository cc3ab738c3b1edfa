package io.gatehouse.admin.store;

import java.util.List;
import java.util.Map;

/** A store of metrics whose methods have their transactions, as in the container. */
public final class TransactionalMetrics extends MetricStore {

  private final Database database;

  /** Whether keeping fails just before it would be committed. */
  public boolean failing;

  /** The most figures that were kept together. */
  public int largest;

  public TransactionalMetrics(Database database) {
    super(database.rows());
    this.database = database;
  }

  @Override
  public Map<String, Position> positions() {
    return database.inTransaction(super::positions);
  }

  @Override
  public void keep(List<Batch> batches, long nowMinute) {
    int figures =
        batches.stream()
            .flatMap(batch -> batch.records().values().stream())
            .mapToInt(record -> record.figures().size())
            .sum();
    largest = Math.max(largest, figures);
    database.run(
        () -> {
          super.keep(batches, nowMinute);
          if (failing) {
            throw new IllegalStateException("the database is gone");
          }
        });
  }
}
