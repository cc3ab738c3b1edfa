package io.gatehouse.admin.console.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;

class PathTreeTest {

  private final PathTree tree =
      PathTree.of(
          List.of(
              Resource.builder()
                  .id("p")
                  .parentId("root")
                  .path("/pets")
                  .pathPart("pets")
                  .resourceMethods(
                      Map.of(
                          "POST", Method.builder().httpMethod("POST").build(),
                          "GET", Method.builder().httpMethod("GET").build()))
                  .build(),
              Resource.builder().id("root").path("/").build()));

  @Test
  void methodsStandBelowTheirPathInOrder() {
    assertEquals(List.of("/"), tree.roots().stream().map(PathTree.Line::label).toList());
    PathTree.Line pets = tree.children(tree.roots().getFirst()).getFirst();
    assertEquals("/pets", pets.label());
    assertEquals(
        List.of("GET /pets", "POST /pets"),
        tree.children(pets).stream().map(PathTree.Line::title).toList());
    assertEquals(4, tree.size());
  }

  @Test
  void anAddressFindsItsLineOrNothing() {
    assertEquals("/pets", tree.find("p", Optional.empty()).orElseThrow().title());
    assertEquals("GET /pets", tree.find("p", Optional.of("GET")).orElseThrow().title());
    assertTrue(tree.find("p", Optional.of("DELETE")).isEmpty());
    assertTrue(tree.find("gone", Optional.empty()).isEmpty());
  }

  private static Resource path(String id, String parent, String path) {
    return Resource.builder()
        .id(id)
        .parentId(parent)
        .path(path)
        .pathPart(path.substring(path.lastIndexOf('/') + 1))
        .resourceMethods(Map.of("GET", Method.builder().httpMethod("GET").build()))
        .build();
  }

  @Test
  void whatIsLookedForKeepsThePathsAboveItWithoutTheirMethods() {
    List<Resource> all =
        List.of(
            Resource.builder().id("root").path("/").build(),
            path("p", "root", "/pets"),
            path("t", "p", "/pets/Toys"),
            path("o", "root", "/orders"));

    PathTree found = PathTree.of(PathTree.matching(all, " toy "));

    PathTree.Line toys = found.find("t", Optional.empty()).orElseThrow();
    assertEquals(
        List.of("/", "/pets"), found.wayTo(toys).stream().map(PathTree.Line::path).toList());
    assertEquals(List.of(toys), found.children(found.find("p", Optional.empty()).orElseThrow()));
    assertEquals(1, found.children(toys).size());
    assertTrue(found.find("o", Optional.empty()).isEmpty());
    assertEquals(List.of(), PathTree.matching(all, "nothing"));
  }

  @Test
  void theWayToAMethodEndsAtItsPath() {
    PathTree.Line get = tree.find("p", Optional.of("GET")).orElseThrow();

    assertEquals(List.of("/", "/pets"), tree.wayTo(get).stream().map(PathTree.Line::path).toList());
  }
}
