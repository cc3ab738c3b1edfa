package io.gatehouse.runtime.observe;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.runtime.exchange.CacheResult;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Timeline;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Why one request was refused or failed, as bytes in this process's memory and as JSON. */
final class Story {

  private static final int USUAL = 512;

  private Story() {}

  /** What the exchange's refusal is about; no bodies, header values or queries. */
  static byte[] encode(Exchange x, long endNanos) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(x.startMillis());
      out.writeLong(endNanos - x.timeline().start());
      write(out, x.request().method());
      write(out, x.request().path());
      out.writeBoolean(x.hasStage());
      if (x.hasStage()) {
        CompiledStage stage = x.stage();
        write(out, stage.account());
        write(out, stage.apiId());
        write(out, stage.stageName());
        write(out, stage.deploymentId());
      }
      out.writeShort(x.status());
      out.writeShort(x.refusal().type().ordinal());
      out.writeShort(x.refusal().reason().ordinal());
      write(out, x.refusal().detail() == null ? "" : x.refusal().detail());
      out.writeLong(x.backendNanos());
      out.writeShort(x.cacheResult() == null ? -1 : x.cacheResult().ordinal());
      List<Timeline.Entry> steps = x.timeline().entries();
      out.writeShort(steps.size());
      for (Timeline.Entry step : steps) {
        write(out, step.step());
        out.writeLong(step.nanos());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  /**
   * @param encoded by this process
   * @param written by a function, perhaps nothing
   */
  static JsonObject json(String requestId, byte[] encoded, List<String> written) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      JsonObjectBuilder out = JSON.createObjectBuilder().add("requestId", requestId);
      out.add("requestTime", Instant.ofEpochMilli(in.readLong()).toString());
      long micros = in.readLong() / 1000;
      out.add("httpMethod", read(in)).add("path", read(in));
      if (in.readBoolean()) {
        out.add("accountId", read(in)).add("apiId", read(in));
        out.add("stage", read(in)).add("deploymentId", read(in));
      }
      out.add("status", in.readShort());
      out.add("responseType", ResponseType.values()[in.readShort()].name());
      Reason reason = Reason.values()[in.readShort()];
      out.add("reason", reason.name()).add("because", reason.text());
      String detail = read(in);
      if (!detail.isEmpty()) {
        out.add("detail", detail);
      }
      out.add("responseLatencyMicros", micros);
      long backendNanos = in.readLong();
      if (backendNanos >= 0) {
        out.add("integrationLatencyMicros", backendNanos / 1000);
      }
      int cacheResult = in.readShort();
      if (cacheResult >= 0) {
        out.add("cache", CacheResult.values()[cacheResult].text());
      }
      JsonArrayBuilder steps = JSON.createArrayBuilder();
      for (int left = in.readShort(); left > 0; left--) {
        steps.add(
            JSON.createObjectBuilder().add("step", read(in)).add("micros", in.readLong() / 1000));
      }
      if (!written.isEmpty()) {
        out.add("functionLog", JSON.createArrayBuilder(written));
      }
      return out.add("steps", steps).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
