package io.gatehouse.admin.store;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.runtime.limit.NodeCount;
import io.gatehouse.runtime.limit.Period;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What nodes have counted of one key in one plan in one period. */
@Entity
@Table(name = "usage_count")
public class StoredUsageCount extends StoredRow {

  @Column(name = "plan_id")
  private String planId;

  @Column(name = "key_id")
  private String keyId;

  @Column(name = "quota_period")
  @Enumerated(EnumType.STRING)
  private Period period;

  @Column(name = "start_day")
  private long startDay;

  /** JSON: by node what it leased, returned and, by days of the period, used. */
  private String counts;

  protected StoredUsageCount() {}

  StoredUsageCount(QuotaKey key, QuotaState state) {
    super(key.account());
    this.planId = key.plan();
    this.keyId = key.key();
    this.period = key.period();
    this.startDay = key.startDay();
    this.counts = text(state);
  }

  /** Keeps of what is here and what is new the larger numbers. */
  void merge(QuotaState heard) {
    counts = text(state().merge(heard));
  }

  public QuotaKey key() {
    return new QuotaKey(account(), planId, keyId, period, startDay);
  }

  public QuotaState state() {
    Map<String, NodeCount> nodes = new TreeMap<>();
    Documents.json(counts).forEach((node, count) -> nodes.put(node, count(count.asJsonObject())));
    return new QuotaState(0, nodes, List.of());
  }

  private static NodeCount count(JsonObject in) {
    return new NodeCount(
        false,
        in.getJsonNumber("leased").longValueExact(),
        in.getJsonNumber("returned").longValueExact(),
        in.getJsonArray("used").getValuesAs(JsonNumber.class).stream()
            .mapToLong(JsonNumber::longValueExact)
            .toArray());
  }

  private static String text(QuotaState state) {
    JsonObjectBuilder nodes = JSON.createObjectBuilder();
    new TreeMap<>(state.nodes())
        .forEach(
            (node, count) -> {
              JsonArrayBuilder used = JSON.createArrayBuilder();
              for (long day : count.days()) {
                used.add(day);
              }
              nodes.add(
                  node,
                  JSON.createObjectBuilder()
                      .add("leased", count.leased())
                      .add("returned", count.returned())
                      .add("used", used));
            });
    return Documents.text(nodes.build());
  }
}
