package io.gatehouse.admin.store;

import io.gatehouse.model.observed.Figures;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.IOException;

/** What was counted of one series in one period. */
@Entity
@Table(name = "metric_figures")
public class StoredMetricFigures extends StoredRow {

  @Column(name = "series_id")
  private long seriesId;

  @Column(name = "period_minutes")
  private int periodMinutes;

  @Column(name = "start_minute")
  private long startMinute;

  private byte[] figures;

  protected StoredMetricFigures() {}

  StoredMetricFigures(
      String account, long seriesId, Resolution resolution, long startMinute, Figures figures) {
    super(account);
    this.seriesId = seriesId;
    this.periodMinutes = resolution.minutes();
    this.startMinute = startMinute;
    this.figures = figures.bytes();
  }

  void add(Figures more) {
    Figures sum = read(figures);
    sum.add(more);
    figures = sum.bytes();
  }

  /** Of the column. */
  static Figures read(byte[] bytes) {
    try {
      return Figures.of(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("figures in the database cannot be read", e);
    }
  }

  long seriesId() {
    return seriesId;
  }

  long startMinute() {
    return startMinute;
  }
}
