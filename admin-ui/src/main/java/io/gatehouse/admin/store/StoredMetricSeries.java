package io.gatehouse.admin.store;

import io.gatehouse.model.observed.Series;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Something that is counted by itself. */
@Entity
@Table(name = "metric_series")
public class StoredMetricSeries extends StoredRow {

  @Column(name = "series_key")
  private String seriesKey;

  @Column(name = "api_id")
  private String apiId;

  @Column(name = "stage_name")
  private String stageName;

  @Column(name = "http_method")
  private String httpMethod;

  @Column(name = "resource_path")
  private String resourcePath;

  @Column(name = "last_day")
  private long lastDay;

  protected StoredMetricSeries() {}

  StoredMetricSeries(Series series) {
    super(series.account());
    this.seriesKey = key(series);
    this.apiId = series.apiId();
    this.stageName = series.stageName();
    this.httpMethod = series.httpMethod();
    this.resourcePath = series.resourcePath();
  }

  /** Short, whatever the path. */
  static String key(Series series) {
    String all =
        String.join(
            "\n", series.apiId(), series.stageName(), series.httpMethod(), series.resourcePath());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void counted(long day) {
    lastDay = Math.max(lastDay, day);
  }

  String seriesKey() {
    return seriesKey;
  }

  Series series() {
    return new Series(account(), apiId, stageName, httpMethod, resourcePath);
  }
}
