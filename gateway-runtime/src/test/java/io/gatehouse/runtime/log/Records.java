package io.gatehouse.runtime.log;

import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Line;
import io.gatehouse.runtime.door.Door;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What a door's requests are recorded as. */
final class Records {

  private final BlockingQueue<byte[]> records = new LinkedBlockingQueue<>();
  private final Door door;

  Records(Door door) {
    this.door = door;
    door.observer = new RequestLog(logged -> records.offer(logged.json()), System.nanoTime());
  }

  /** Of the request that ended last; waits for its end. */
  RequestRecord next() throws InterruptedException {
    return RequestRecord.fromJson(bytes());
  }

  String json() throws InterruptedException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private byte[] bytes() throws InterruptedException {
    door.exchange();
    byte[] record = records.poll();
    if (record == null) {
      throw new AssertionError("the request was not recorded");
    }
    return record;
  }

  /** Whether the request that ended last was not recorded; waits for its end. */
  boolean none() throws InterruptedException {
    door.exchange();
    return records.isEmpty();
  }

  /** Of its execution log, without the id before them. */
  static List<String> texts(RequestRecord record) {
    String id = "(" + record.requestId() + ") ";
    for (Line line : record.execution()) {
      if (!line.text().startsWith(id)) {
        throw new AssertionError("a line without its id: " + line);
      }
    }
    return record.execution().stream().map(line -> line.text().substring(id.length())).toList();
  }
}
