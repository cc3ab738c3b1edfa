package io.gatehouse.admin.pools;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Members;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/** Refuses by name what the vendor has and a realm has not, so that nothing is taken in silence. */
final class Unbuilt {

  private Unbuilt() {}

  /**
   * @param members that are there
   */
  static void refuseOthers(SdkPojo shape, Set<String> members) {
    for (String member : Members.present(shape)) {
      if (!members.contains(member) && !isNothing(Members.value(shape, member).orElseThrow())) {
        throw ApiError.notImplemented("The member " + member);
      }
    }
  }

  /** Tools name what they do not set, too. */
  private static boolean isNothing(Object value) {
    return switch (value) {
      case Collection<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      default -> value.toString().isEmpty();
    };
  }

  /** Refuses a value other than the one that is there. */
  static void refuseUnless(boolean there, String member) {
    if (!there) {
      throw ApiError.notImplemented("The member " + member + " with this value");
    }
  }

  static void refuseOtherValues(String member, Collection<String> given, Set<String> there) {
    for (String each : given) {
      String value = String.valueOf(each);
      if (!there.contains(value)) {
        throw ApiError.notImplemented(
            "The member %s with %s (there are %s)"
                .formatted(
                    member,
                    value.length() > 100 ? value.substring(0, 100) + "..." : value,
                    String.join(", ", there.stream().sorted().toList())));
      }
    }
  }
}
