package io.gatehouse.admin.whole;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.awsface.ManagementApi;
import io.gatehouse.admin.awsface.ManagementApi.Answered;
import io.gatehouse.admin.guard.Operation;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.PayloadTrait;

/**
 * One operation on the wire. Takes and gives members by the names that the vendor's clients use,
 * and lets through values of wrong types also.
 *
 * @param service whose operation it is
 * @param operation as {@code GetStage}
 * @param verb HTTP method
 * @param uri with its labels, as in the service model
 * @param request members of the request
 * @param response members of the answer
 */
public record WireCall(
    String service,
    String operation,
    String verb,
    String uri,
    List<SdkField<?>> request,
    List<SdkField<?>> response) {

  private static final String MODEL = "software.amazon.awssdk.services.%s.model.%s";

  /** An HTTP request but for its signature. */
  public record Line(String path, String query, byte[] body) {}

  /** All 124 by name. */
  public static Map<String, WireCall> all() {
    Map<String, WireCall> calls = new TreeMap<>();
    try (InputStream in =
        WireCall.class.getResourceAsStream("/io/gatehouse/admin/awsface/operations.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" ", 3))
          .forEach(words -> calls.put(words[0], of("apigateway", words[0], words[1], words[2])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return calls;
  }

  /** Those of Lambda that are built, by name. */
  public static Map<String, WireCall> ofFunctions() {
    Map<String, WireCall> calls = new TreeMap<>();
    for (Class<?> family : Classes.functionFamilies()) {
      for (Method method : family.getDeclaredMethods()) {
        Operation operation = method.getAnnotation(Operation.class);
        if (operation != null) {
          String name =
              Character.toUpperCase(method.getName().charAt(0)) + method.getName().substring(1);
          String[] address = operation.value().split(" ");
          calls.put(name, of("lambda", name, address[0], address[1]));
        }
      }
    }
    return calls;
  }

  private static WireCall of(String service, String operation, String verb, String uri) {
    return new WireCall(
        service,
        operation,
        verb,
        uri,
        fields(service, operation + "Request"),
        fields(service, operation + "Response"));
  }

  private static List<SdkField<?>> fields(String service, String shape) {
    try {
      Object builder =
          Class.forName(MODEL.formatted(service, shape)).getMethod("builder").invoke(null);
      return ((SdkPojo) builder).sdkFields();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(shape, e);
    }
  }

  /** The answer, as clients show it: see {@link #shown}. */
  public JsonObject call(ManagementApi api, String account, JsonObject with) {
    Line line = line(with);
    return shown(api.call(service, account, verb, line.path(), line.query(), line.body()));
  }

  /**
   * @throws IllegalArgumentException naming the member that the operation does not have
   */
  public Line line(JsonObject with) {
    String path = uri.split("\\?")[0];
    List<String> query = new ArrayList<>();
    if (uri.contains("?")) {
      query.add(uri.split("\\?")[1]);
    }
    JsonObjectBuilder payload = JSON.createObjectBuilder();
    byte[] raw = null;
    for (Map.Entry<String, JsonValue> member : with.entrySet()) {
      SdkField<?> field = field(member.getKey());
      JsonValue value = member.getValue();
      if (field.location() == MarshallLocation.PATH) {
        path = path.replace("{" + field.locationName() + "}", encoded(text(value)));
      } else if (field.location() == MarshallLocation.QUERY_PARAM) {
        query.addAll(parameters(field, value));
      } else if (field.containsTrait(PayloadTrait.class)
          && field.marshallingType() == MarshallingType.SDK_BYTES) {
        raw = text(value).getBytes(StandardCharsets.UTF_8);
      } else if (field.location() == MarshallLocation.PAYLOAD) {
        payload.add(field.locationName(), value);
      }
    }
    JsonObject members = payload.build();
    byte[] json =
        members.isEmpty() ? new byte[0] : members.toString().getBytes(StandardCharsets.UTF_8);
    return new Line(path, String.join("&", query), raw == null ? json : raw);
  }

  private SdkField<?> field(String member) {
    return request.stream()
        .filter(field -> field.memberName().equals(member))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(operation + " has no member " + member));
  }

  private static List<String> parameters(SdkField<?> field, JsonValue value) {
    List<String> out = new ArrayList<>();
    if (value instanceof JsonObject map) {
      map.forEach((name, one) -> out.add(encoded(name) + "=" + encoded(text(one))));
    } else if (value instanceof JsonArray list) {
      list.forEach(one -> out.add(encoded(field.locationName()) + "=" + encoded(text(one))));
    } else {
      out.add(encoded(field.locationName()) + "=" + encoded(text(value)));
    }
    return out;
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  /**
   * The members under the clients' names, those of headers among them, or {@code Error} with code
   * and message; and the status. What the shape does not know keeps its name.
   */
  public JsonObject shown(Answered answered) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    if (answered.status() >= 300) {
      out.add(
          "Error",
          JSON.createObjectBuilder()
              .add("Code", answered.headers().getOrDefault("x-amzn-ErrorType", ""))
              .add("Message", parsed(answered.text()).getString("message", "")));
    } else {
      showMembers(answered, out);
    }
    return out.add(
            "ResponseMetadata", JSON.createObjectBuilder().add("HTTPStatusCode", answered.status()))
        .build();
  }

  private void showMembers(Answered answered, JsonObjectBuilder out) {
    boolean rawBody = false;
    for (SdkField<?> field : response) {
      if (field.containsTrait(PayloadTrait.class)) {
        rawBody = true;
        out.add(field.memberName(), answered.text());
      } else if (field.location() == MarshallLocation.HEADER
          && answered.headers().containsKey(field.locationName())) {
        out.add(field.memberName(), answered.headers().get(field.locationName()));
      }
    }
    if (!rawBody) {
      parsed(answered.text()).forEach((name, value) -> out.add(memberName(name), value));
    }
  }

  private String memberName(String locationName) {
    return response.stream()
        .filter(field -> field.location() == MarshallLocation.PAYLOAD)
        .filter(field -> field.locationName().equals(locationName))
        .map(SdkField::memberName)
        .findFirst()
        .orElse(locationName);
  }

  private static JsonObject parsed(String body) {
    if (body.isEmpty()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try (var reader = JSON.createReader(new StringReader(body))) {
      return reader.readObject();
    } catch (JsonException e) {
      throw new IllegalStateException("the answer is no JSON object: " + body, e);
    }
  }
}
