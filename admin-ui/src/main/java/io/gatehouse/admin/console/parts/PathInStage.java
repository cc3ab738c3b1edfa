package io.gatehouse.admin.console.parts;

/**
 * The path of a request as the API's own definition has it, where API and stage stand beside it.
 */
public final class PathInStage {

  private static final String BY_PATH = "/_aws/execute-api/";

  private PathInStage() {}

  /**
   * @param path as the caller sent it
   */
  public static String of(String apiId, String stage, String path) {
    String before = BY_PATH + apiId + "/" + stage;
    return path.startsWith(before + "/") ? path.substring(before.length()) : path;
  }
}
