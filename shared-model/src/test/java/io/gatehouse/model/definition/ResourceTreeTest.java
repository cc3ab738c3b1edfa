package io.gatehouse.model.definition;

import static io.gatehouse.model.definition.Examples.ROOT;
import static io.gatehouse.model.definition.Examples.assertRefused;
import static io.gatehouse.model.definition.Examples.newest;
import static io.gatehouse.model.wire.ApiError.Kind.BAD_REQUEST;
import static io.gatehouse.model.wire.ApiError.Kind.CONFLICT;
import static io.gatehouse.model.wire.ApiError.Kind.NOT_FOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Resource;

class ResourceTreeTest {

  private final Supplier<String> ids = Examples.ids();
  private final ApiDefinition empty = Examples.api();

  @Test
  void aNewApiHasOnlyARootWithoutParentAndPathPart() {
    assertEquals(1, empty.resources().size());
    assertEquals(Resource.builder().id(ROOT).path("/").build(), ResourceTree.root(empty));
  }

  @Test
  void aChildKnowsItsParentAndItsWholePath() {
    ApiDefinition api = paths("/pets/{petId}/toys");

    assertEquals(List.of("/", "/pets", "/pets/{petId}", "/pets/{petId}/toys"), pathsOf(api));
    assertEquals(ResourceTree.find(api, "/pets/{petId}").get().id(), newest(api).parentId());
    assertEquals("toys", newest(api).pathPart());
  }

  @Test
  void anUnknownParentIsNotFound() {
    assertRefused(
        NOT_FOUND,
        "Invalid Resource identifier specified",
        () -> ResourceTree.create(empty, "fake-resource-id", "subpets", ids));
  }

  @Test
  void pathPartsAreNamesOrVariables() {
    for (String good : List.of("pets", "v1.0", "a_b-c", "a:b", "{id}", "{proxy+}", "{a.b}")) {
      ResourceTree.create(empty, ROOT, good, ids);
    }
    for (String bad : List.of("", "a b", "a/b", "{id", "id}", "{}", "{+}", "a{id}", "{id}x", "ü")) {
      assertRefused(
          BAD_REQUEST,
          "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly"
              + " braces at the beginning and the end.",
          () -> ResourceTree.create(empty, ROOT, bad, ids));
    }
  }

  @Test
  void siblingsHaveDifferentNames() {
    ApiDefinition api = paths("/pets");

    assertRefused(
        CONFLICT,
        "Another resource with the same parent already has this name: pets",
        () -> ResourceTree.create(api, ROOT, "pets", ids));
  }

  @Test
  void aParentHasOneVariableChildGreedyOrNot() {
    ApiDefinition api = paths("/{proxy+}");

    assertRefused(
        BAD_REQUEST,
        "A sibling ({proxy+}) of this resource already has a variable path part -- only one is"
            + " allowed",
        () -> ResourceTree.create(api, ROOT, "{id}", ids));
    ResourceTree.create(api, ROOT, "static", ids);
  }

  @Test
  void nothingStandsBelowAGreedyResource() {
    ApiDefinition api = paths("/{proxy+}");

    assertRefused(
        BAD_REQUEST,
        "Cannot create a child of a resource with a greedy path variable: {proxy+}",
        () -> ResourceTree.create(api, newest(api).id(), "x", ids));
  }

  @Test
  void aResourceWithChildrenCannotBecomeGreedy() {
    ApiDefinition api = paths("/pets/toys");

    assertRefused(
        BAD_REQUEST,
        "Cannot create a child of a resource with a greedy path variable: {pets+}",
        () -> rename(api, "/pets", "{pets+}"));
  }

  @Test
  void aVariableMayFollowADeletedGreedyOne() {
    ApiDefinition api = paths("/parent/{proxy+}");
    String parent = ResourceTree.find(api, "/parent").get().id();

    ApiDefinition after =
        ResourceTree.create(ResourceTree.delete(api, newest(api).id()), parent, "{child}", ids);

    assertEquals(List.of("/", "/parent", "/parent/{child}"), pathsOf(after));
  }

  @Test
  void pathsFollowARename() {
    ApiDefinition api = rename(paths("/pets/{petId}/toys"), "/pets", "dogs");

    assertEquals(List.of("/", "/dogs", "/dogs/{petId}", "/dogs/{petId}/toys"), pathsOf(api));
  }

  @Test
  void pathsFollowAMove() {
    ApiDefinition api = ResourceTree.createPath(paths("/pets/toys"), "/v2", ids);
    String newParent = newest(api).id();

    ApiDefinition moved = move(api, "/pets", newParent);

    assertEquals(List.of("/", "/v2", "/v2/pets", "/v2/pets/toys"), pathsOf(moved));
  }

  @Test
  void aRenameOrMoveOntoASiblingIsAConflict() {
    ApiDefinition api = ResourceTree.createPath(paths("/pets"), "/dogs/pets", ids);

    assertRefused(
        CONFLICT,
        "Another resource with the same parent already has this name: pets",
        () -> rename(api, "/dogs", "pets"));
    assertRefused(
        CONFLICT,
        "Another resource with the same parent already has this name: pets",
        () -> move(api, "/dogs/pets", ROOT));
  }

  @Test
  void aResourceCannotMoveBelowItselfOrItsDescendants() {
    ApiDefinition api = paths("/a/b/c");
    String a = ResourceTree.find(api, "/a").get().id();

    assertRefused(
        BAD_REQUEST, "Resources cannot be cyclical.", () -> move(api, "/a", newest(api).id()));
    assertRefused(BAD_REQUEST, "Resources cannot be cyclical.", () -> move(api, "/a", a));
  }

  @Test
  void aMoveBelowAnUnknownParentIsNotFound() {
    assertRefused(
        NOT_FOUND,
        "Invalid Resource identifier specified",
        () -> move(paths("/a"), "/a", "nowhere"));
  }

  @Test
  void theRootCannotBeRenamedMovedOrDeleted() {
    assertRefused(
        BAD_REQUEST, "Root resource cannot update its pathPart.", () -> rename(empty, "/", "dogs"));
    assertRefused(
        BAD_REQUEST, "Root resource cannot update its parentId.", () -> move(empty, "/", ROOT));
    assertRefused(
        BAD_REQUEST, "Root resource cannot be deleted.", () -> ResourceTree.delete(empty, ROOT));
  }

  @Test
  void deletingTakesAllDescendantsAlong() {
    ApiDefinition api = ResourceTree.createPath(paths("/pets/{petId}/toys"), "/petshop", ids);

    ApiDefinition after = ResourceTree.delete(api, ResourceTree.find(api, "/pets").get().id());

    assertEquals(List.of("/", "/petshop"), pathsOf(after));
  }

  @Test
  void createPathMakesOnlyWhatIsMissing() {
    ApiDefinition api = paths("/a/b");

    assertEquals(List.of("/", "/a", "/a/b", "/a/c"), pathsOf(paths(api, "/a/c")));
    assertEquals(api, paths(api, "/a/b"));
    assertEquals(api, paths(api, "/"));
  }

  @Test
  void anIdThatIsTakenIsNotGivenAgain() {
    ApiDefinition api = paths("/a");
    Iterator<String> unlucky = List.of(newest(api).id(), ROOT, "fresh1").iterator();

    ApiDefinition after = ResourceTree.create(api, ROOT, "b", unlucky::next);

    assertEquals("fresh1", newest(after).id());
    assertEquals(3, after.resources().size());
  }

  @Test
  void theDefinitionItselfIsNeverChanged() {
    ApiDefinition api = paths("/a");
    rename(api, "/a", "b");
    ResourceTree.delete(api, newest(api).id());

    assertEquals(List.of("/", "/a"), pathsOf(api));
  }

  @Test
  void renamingAVariableDoesNotMeetItself() {
    ApiDefinition api = rename(paths("/{id}/x"), "/{id}", "{petId}");

    assertTrue(ResourceTree.find(api, "/{petId}/x").isPresent());
    assertFalse(ResourceTree.find(api, "/{id}").isPresent());
  }

  private ApiDefinition paths(String path) {
    return paths(empty, path);
  }

  private ApiDefinition paths(ApiDefinition api, String path) {
    return ResourceTree.createPath(api, path, ids);
  }

  private static ApiDefinition rename(ApiDefinition api, String path, String pathPart) {
    String id = ResourceTree.find(api, path).get().id();
    return ResourceTree.update(api, id, r -> r.toBuilder().pathPart(pathPart).build());
  }

  private static ApiDefinition move(ApiDefinition api, String path, String parentId) {
    String id = ResourceTree.find(api, path).get().id();
    return ResourceTree.update(api, id, r -> r.toBuilder().parentId(parentId).build());
  }

  private static List<String> pathsOf(ApiDefinition api) {
    return ResourceTree.sorted(api).stream().map(Resource::path).toList();
  }
}
