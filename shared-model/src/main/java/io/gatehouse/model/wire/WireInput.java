package io.gatehouse.model.wire;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * An HTTP request as the input of an operation: {@code sdkFields()} tell for every member whether
 * it travels in the path, the query, a header or the body.
 */
public final class WireInput {

  /** Query parameters that steer an import; the others are the document's parameters. */
  private static final Set<String> STEERING = Set.of("mode", "failonwarnings");

  private final Map<String, String> labels;
  private final Map<String, List<String>> query;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * @param rawLabels path segments by label name, percent-encoded as sent
   * @param rawQuery percent-encoded as sent, empty when there was none
   * @param headers one value a name
   */
  public WireInput(
      Map<String, String> rawLabels, String rawQuery, Map<String, String> headers, byte[] body) {
    this.labels = new LinkedHashMap<>();
    rawLabels.forEach((name, raw) -> labels.put(name, PercentCoding.decodeSegment(raw)));
    this.query = PercentCoding.decodeQuery(rawQuery);
    this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.headers.putAll(headers);
    this.body = body;
  }

  /**
   * The operation's request.
   *
   * @param builder a new builder, as {@code GetStageRequest.builder()}
   * @throws ApiError when a member cannot be read
   */
  public <T> T decode(SdkBuilder<?, T> builder) {
    SdkPojo target = (SdkPojo) builder;
    boolean rawPayload = false;
    for (SdkField<?> field : target.sdkFields()) {
      switch (field.location()) {
        case PATH, GREEDY_PATH -> set(target, field, labels.get(field.locationName()));
        case QUERY_PARAM -> readQuery(target, field);
        case HEADER -> set(target, field, headers.get(field.locationName()));
        default -> {
          if (field.containsTrait(PayloadTrait.class)) {
            rawPayload = true;
            readPayload(target, field);
          }
        }
      }
    }
    if (!rawPayload && hasBodyMembers(target)) {
      Wire.readInto(holdsFiles(target) ? Blobs.object(body) : JsonText.object(body), target);
    }
    return builder.build();
  }

  private void readPayload(SdkPojo target, SdkField<?> field) {
    if (field.marshallingType() == MarshallingType.SDK_BYTES) {
      if (body.length > 0) {
        field.set(target, SdkBytes.fromByteArray(body));
      }
      return;
    }
    JsonObject payload = JsonText.object(body);
    JsonObject wrapped = JSON.createObjectBuilder().add(field.locationName(), payload).build();
    Wire.readInto(wrapped, target);
  }

  private void readQuery(SdkPojo target, SdkField<?> field) {
    List<String> values = query.get(field.locationName());
    if (field.marshallingType() == MarshallingType.MAP) {
      Map<String, String> rest = undeclaredParameters(target);
      if (!rest.isEmpty()) {
        field.set(target, rest);
      }
    } else if (field.marshallingType() == MarshallingType.LIST) {
      if (values != null) {
        field.set(target, values);
      }
    } else if (values != null) {
      set(target, field, values.getFirst());
    }
  }

  /** Import and export flatten their {@code parameters} into the query. */
  private Map<String, String> undeclaredParameters(SdkPojo target) {
    Set<String> declared =
        target.sdkFields().stream()
            .filter(field -> field.location() == MarshallLocation.QUERY_PARAM)
            .filter(field -> field.marshallingType() != MarshallingType.MAP)
            .map(SdkField::locationName)
            .collect(Collectors.toSet());
    Map<String, String> rest = new LinkedHashMap<>();
    query.forEach(
        (name, values) -> {
          if (!declared.contains(name) && !STEERING.contains(name.toLowerCase(Locale.ROOT))) {
            rest.put(name, values.getFirst());
          }
        });
    return rest;
  }

  private static void set(SdkPojo target, SdkField<?> field, String text) {
    if (text != null) {
      field.set(target, Wire.fromText(text, field));
    }
  }

  /** Whether a member of the body, or of a shape in it, is made of bytes. */
  private static boolean holdsFiles(SdkPojo shape) {
    return shape.sdkFields().stream()
        .anyMatch(
            field ->
                field.marshallingType() == MarshallingType.SDK_BYTES
                    || field.marshallingType() == MarshallingType.SDK_POJO
                        && field.constructor().get().sdkFields().stream()
                            .anyMatch(f -> f.marshallingType() == MarshallingType.SDK_BYTES));
  }

  private static boolean hasBodyMembers(SdkPojo target) {
    return target.sdkFields().stream()
        .anyMatch(field -> field.location() == MarshallLocation.PAYLOAD);
  }
}
