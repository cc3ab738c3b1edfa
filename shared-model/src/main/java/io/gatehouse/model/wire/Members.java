package io.gatehouse.model.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** A look into a shape by the names of its members, as the service model spells them. */
public final class Members {

  private Members() {}

  /**
   * The member's value: text also for enums, or a number, list, map or shape. Empty when not set.
   */
  public static Optional<Object> value(SdkPojo shape, String member) {
    Object value = field(shape, member).getValueOrDefault(shape);
    boolean set = !(value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap);
    return set ? Optional.ofNullable(value) : Optional.empty();
  }

  /** As {@link #value}; empty also when the shape has no such member. */
  public static Optional<Object> find(SdkPojo shape, String member) {
    boolean there = shape.sdkFields().stream().anyMatch(f -> f.memberName().equals(member));
    return there ? value(shape, member) : Optional.empty();
  }

  /** The vendor's service whose shape it is, as policies name it: {@code apigateway}. */
  public static String service(Class<?> shape) {
    String[] packages = shape.getPackageName().split("\\.");
    String service = packages[packages.length - 2];
    return service.equals("cognitoidentityprovider") ? "cognito-idp" : service;
  }

  /** The names of the members that are set, in the order of the service model. */
  public static List<String> present(SdkPojo shape) {
    return shape.sdkFields().stream()
        .map(SdkField::memberName)
        .filter(member -> value(shape, member).isPresent())
        .toList();
  }

  /** Whether the member travels in the body, not in path, query or header. */
  public static boolean isInBody(SdkPojo shape, String member) {
    return field(shape, member).location() == MarshallLocation.PAYLOAD;
  }

  /** The members that travel in the path. */
  public static List<String> ofPath(SdkPojo shape) {
    return shape.sdkFields().stream()
        .filter(field -> field.location() == MarshallLocation.PATH)
        .map(SdkField::memberName)
        .toList();
  }

  /** What the path's labels stand for, by the names that the service model's URIs use. */
  public static Map<String, String> labels(SdkPojo shape) {
    Map<String, String> labels = new HashMap<>();
    for (SdkField<?> field : shape.sdkFields()) {
      Object value = field.getValueOrDefault(shape);
      if (field.location() == MarshallLocation.PATH && value != null) {
        labels.put(field.locationName(), value.toString());
      }
    }
    return labels;
  }

  /** Whether the request's body is sent as it is, not as JSON, as the document of an import. */
  public static boolean hasRawBody(SdkPojo shape) {
    return shape.sdkFields().stream()
        .anyMatch(
            field ->
                field.containsTrait(PayloadTrait.class)
                    && field.marshallingType() == MarshallingType.SDK_BYTES);
  }

  private static SdkField<?> field(SdkPojo shape, String member) {
    return shape.sdkFields().stream()
        .filter(field -> field.memberName().equals(member))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    shape.getClass().getSimpleName() + " has no member " + member));
  }
}
