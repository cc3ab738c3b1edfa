package io.gatehouse.model.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * The parameters of the Query protocol as the input of an operation: {@code Tags.member.1.Key} is
 * the key of the first tag, and {@code sdkFields()} tell which parameters there are.
 */
public final class QueryInput {

  /** Names have a handful of parts; more of them can name nothing. */
  private static final int MOST_PARTS = 16;

  /** Digits of a place in a list. */
  private static final int LONGEST_INDEX = 6;

  /** A part of a parameter's name, with what has been sent for it and for the parts after it. */
  private static final class Node {
    private final Map<String, Node> parts = new HashMap<>();
    private String text;
  }

  private final Node root = new Node();

  /**
   * @param parameters in the clear, of a form or a query string
   */
  public QueryInput(Map<String, List<String>> parameters) {
    parameters.forEach((name, values) -> put(name, values.getFirst()));
  }

  private void put(String name, String value) {
    String[] parts = name.split("\\.", MOST_PARTS + 1);
    if (parts.length > MOST_PARTS) {
      return;
    }
    Node node = root;
    for (String part : parts) {
      node = node.parts.computeIfAbsent(part, p -> new Node());
    }
    node.text = value;
  }

  /** The parameter of this name; empty text when there is none. */
  public String text(String name) {
    Node node = root.parts.get(name);
    return node == null || node.text == null ? "" : node.text;
  }

  /**
   * The operation's request.
   *
   * @param builder a new builder, as {@code CreateUserRequest.builder()}
   * @throws ApiError when a member cannot be read
   */
  public <T> T decode(SdkBuilder<?, T> builder) {
    readInto(root, (SdkPojo) builder);
    return builder.build();
  }

  private static void readInto(Node node, SdkPojo target) {
    for (SdkField<?> field : target.sdkFields()) {
      Node part = node.parts.get(field.locationName());
      if (part != null) {
        Object value = value(part, field);
        if (value != null) {
          field.set(target, value);
        }
      }
    }
  }

  private static Object value(Node node, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.LIST) {
      return list(node, field.getTrait(ListTrait.class));
    }
    if (type == MarshallingType.MAP) {
      return map(node, field.getTrait(MapTrait.class));
    }
    if (type == MarshallingType.SDK_POJO) {
      SdkPojo builder = field.constructor().get();
      readInto(node, builder);
      return ((SdkBuilder<?, ?>) builder).build();
    }
    if (node.text == null) {
      return null;
    }
    return type == MarshallingType.INSTANT ? instant(node.text) : Wire.fromText(node.text, field);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw ApiError.serialization("A time is written as 2026-06-01T12:00:00Z");
    }
  }

  private static List<Object> list(Node node, ListTrait trait) {
    Node members = trait.isFlattened() ? node : node.parts.get(memberName(trait));
    List<Object> list = new ArrayList<>();
    for (Node member : inOrder(members)) {
      Object value = value(member, trait.memberFieldInfo());
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  private static String memberName(ListTrait trait) {
    return trait.memberLocationName() == null ? "member" : trait.memberLocationName();
  }

  private static Map<String, Object> map(Node node, MapTrait trait) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Node entry : inOrder(trait.isFlattened() ? node : node.parts.get("entry"))) {
      Node key = entry.parts.get(trait.keyLocationName());
      Node value = entry.parts.get(trait.valueLocationName());
      if (key != null && key.text != null && value != null) {
        map.put(key.text, value(value, trait.valueFieldInfo()));
      }
    }
    return map;
  }

  /** By their numbers, whatever the order in which they were sent. */
  private static Iterable<Node> inOrder(Node members) {
    if (members == null) {
      return List.of();
    }
    Map<Integer, Node> byIndex = new TreeMap<>();
    members.parts.forEach(
        (index, member) -> {
          if (index.length() > LONGEST_INDEX
              || !index.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ApiError.serialization("A list's members are numbered from 1");
          }
          byIndex.put(index.isEmpty() ? 0 : Integer.parseInt(index), member);
        });
    return byIndex.values();
  }
}
