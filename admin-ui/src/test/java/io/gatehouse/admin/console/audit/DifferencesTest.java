package io.gatehouse.admin.console.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.admin.console.audit.Differences.Line;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferencesTest {

  @Test
  void everyValueThatDiffersIsALineWithItsPlace() {
    Differences found =
        Differences.between(
            "{\"Stage a/prod\":{\"body\":{\"description\":\"old\",\"cacheSize\":1,\"same\":[1]}}}",
            "{\"Stage a/prod\":{\"body\":{\"description\":\"new\",\"same\":[1],\"on\":true}}}");

    assertEquals(
        List.of(
            line("Stage a/prod › body › description", "old", "new"),
            line("Stage a/prod › body › cacheSize", "1", null),
            line("Stage a/prod › body › on", null, "true")),
        found.lines());
    assertEquals(0, found.more());
  }

  @Test
  void whatWasMadeHasNothingBefore() {
    assertEquals(
        List.of(line("ApiKey k › name", null, "n"), line("ApiKey k › tags", null, "{}")),
        Differences.between("", "{\"ApiKey k\":{\"name\":\"n\",\"tags\":{}}}").lines());
    assertEquals(List.of(), Differences.between("", "").lines());
  }

  @Test
  void listsAreComparedAsAWhole() {
    assertEquals(
        List.of(line("x", "[1,2]", "[1]")),
        Differences.between("{\"x\":[1,2]}", "{\"x\":[1]}").lines());
  }

  @Test
  void aLongListOfDifferencesIsCutAndSaysSo() {
    StringBuilder many = new StringBuilder("{\"n\":0");
    for (int i = 0; i < 299; i++) {
      many.append(",\"m").append(i).append("\":1");
    }

    Differences found = Differences.between("", many.append("}").toString());

    assertEquals(200, found.lines().size());
    assertEquals(100, found.more());
  }

  private static Line line(String place, String before, String after) {
    return new Line(place, Optional.ofNullable(before), Optional.ofNullable(after));
  }
}
