package io.gatehouse.admin.console.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.model.wire.ApiError;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Tag;

class TagLinesTest {

  private static final List<Tag> BEFORE = List.of(tag("team", "red"), tag("tier", "1"));

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void onlyWhatIsDifferentIsDone() {
    TagLines tags = TagLines.between(BEFORE, "\n team = blue\n new=a=b \n");
    assertEquals(List.of(tag("team", "blue"), tag("new", "a=b")), tags.set());
    assertEquals(List.of("tier"), tags.removed());
  }

  @Test
  void theSameTextChangesNothing() {
    TagLines tags = TagLines.between(BEFORE, TagLines.text(BEFORE));
    assertEquals(new TagLines(List.of(), List.of()), tags);
  }

  @Test
  void aTagMayBeWithoutValueButNotWithoutKey() {
    assertEquals(List.of(tag("team", "")), TagLines.between(List.of(), "team=").set());
    ApiError refused = assertThrows(ApiError.class, () -> TagLines.between(List.of(), "a=1\n=red"));
    assertEquals("A tag is written key=value, not '=red'", refused.getMessage());
    assertThrows(ApiError.class, () -> TagLines.between(List.of(), "team"));
  }
}
