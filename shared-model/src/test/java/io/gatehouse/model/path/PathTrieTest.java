package io.gatehouse.model.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PathTrieTest {

  private static PathTrie<String> trie(String... patterns) {
    PathTrie.Builder<String> builder = PathTrie.builder();
    for (String pattern : patterns) {
      builder.add(pattern, pattern);
    }
    return builder.build();
  }

  private static String find(PathTrie<String> trie, String path) {
    var match = trie.find(path, v -> true);
    return match == null ? null : match.value() + match.captures();
  }

  @Test
  void aLiteralGoesBeforeAVariableAndThatBeforeAGreedyOne() {
    var trie = trie("/{proxy+}", "/pets/{id}", "/pets", "/pets/mine", "/");
    assertEquals("/pets/mine[]", find(trie, "/pets/mine"));
    assertEquals("/pets/{id}[7]", find(trie, "/pets/7"));
    assertEquals("/{proxy+}[pets/7/toys]", find(trie, "/pets/7/toys"));
    assertEquals("/[]", find(trie, "/"));
    assertEquals("/[]", find(trie, ""));
  }

  @Test
  void theSearchFallsBackWhenTheBestValueIsNotAccepted() {
    var trie = trie("/test", "/{proxy+}");
    var match = trie.find("/test", v -> !v.equals("/test"));
    assertEquals("/{proxy+}", match.value());
    assertEquals(List.of("test"), match.captures());
    assertNull(trie.find("/test", v -> false));
  }

  @Test
  void capturesOfADeadEndAreForgotten() {
    var trie = trie("/a/{x}/b", "/a/{rest+}");
    assertEquals("/a/{rest+}[1/c]", find(trie, "/a/1/c"));
  }

  @Test
  void oneTrailingSlashIsIgnoredAndEmptySegmentsAreKept() {
    var trie = trie("/pets", "/pets/{id}", "/files/{proxy+}");
    assertEquals("/pets[]", find(trie, "/pets/"));
    assertNull(find(trie, "/pets//"));
    assertEquals("/files/{proxy+}[a//b]", find(trie, "/files/a//b"));
  }

  @Test
  void everyOneOfManyLiteralsIsFoundAndNoOther() {
    PathTrie.Builder<Integer> builder = PathTrie.builder();
    for (int i = 0; i < 1000; i++) {
      builder.add("/n" + i + "/x", i);
    }
    var trie = builder.build();
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, trie.find("/n" + i + "/x", v -> true).value());
      assertNull(trie.find("/m" + i + "/x", v -> true));
    }
  }

  @Test
  void literalsOfOneHashAreToldApart() {
    assertEquals("AaAa".hashCode(), "BBBB".hashCode());
    var trie = trie("/AaAa", "/BBBB/1", "/AaBB/{x}");
    assertEquals("/AaAa[]", find(trie, "/AaAa"));
    assertEquals("/BBBB/1[]", find(trie, "/BBBB/1"));
    assertEquals("/AaBB/{x}[2]", find(trie, "/AaBB/2"));
    assertNull(find(trie, "/BBAa"));
  }

  @Test
  void aPatternAddedTwiceHasItsLastValue() {
    PathTrie.Builder<String> builder = PathTrie.builder();
    builder.add("/a/b", "first").add("/a/c", "other").add("/a/b", "last");
    assertEquals("last[]", find(builder.build(), "/a/b"));
  }

  @Test
  void capturesAreTheCallersOwnBytes() {
    var trie = trie("/p/{id}", "/sp-ace/x");
    assertEquals("/p/{id}[a%2Fb;v=1]", find(trie, "/p/a%2Fb;v=1"));
    assertEquals("/sp-ace/x[]", find(trie, "/sp%2Dace/x"));
    assertNull(find(trie, "/sp%2/x"));
  }

  @Test
  void aGreedyVariableNeedsAtLeastOneSegment() {
    assertNull(find(trie("/a/{proxy+}"), "/a"));
    assertNull(find(trie("/{proxy+}"), "/"));
  }

  @Test
  void absurdDepthMatchesNothingAndDoesNotOverflow() {
    var trie = trie("/{a}/{b}");
    assertNull(find(trie, "/x".repeat(50_000)));
  }

  @Test
  void variablesAreNamedFromLeftToRight() {
    assertEquals(List.of("a", "proxy"), PathTrie.variables("/x/{a}/{proxy+}"));
    assertEquals(Set.of(), Set.copyOf(PathTrie.variables("/")));
    assertThrows(IllegalArgumentException.class, () -> trie("/{proxy+}/x"));
  }
}
