package io.gatehouse.admin.console.logs;

import io.gatehouse.admin.logs.Found.Entry;
import io.gatehouse.model.observed.RequestRecord;

/**
 * What the list shows of a request; little, since a page keeps many of them.
 *
 * @param order its place by time, for the next page
 * @param reason empty where the gateway has not answered by itself
 */
record LogRow(
    long order,
    String id,
    long time,
    int status,
    String method,
    String path,
    String apiId,
    String stage,
    String reason,
    long latencyMicros) {

  static LogRow of(Entry entry) {
    return of(entry.order(), entry.request());
  }

  static LogRow of(long order, RequestRecord request) {
    return new LogRow(
        order,
        request.requestId(),
        request.time(),
        request.answer().status(),
        request.call().httpMethod(),
        request.call().path(),
        request.place().apiId(),
        request.place().stage(),
        request.answer().refusal() == null ? "" : request.answer().refusal().reason(),
        request.answer().latencyMicros());
  }
}
