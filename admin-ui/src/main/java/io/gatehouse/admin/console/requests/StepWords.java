package io.gatehouse.admin.console.requests;

/** What the steps of a node do, in words. */
public final class StepWords {

  private StepWords() {}

  /**
   * @param step as nodes name it; one of another version stays as it is
   */
  public static String of(String step) {
    return switch (step) {
      case "FindStage" -> "Find API and stage";
      case "FairShare" -> "Leave room for other tenants";
      case "FindMethod" -> "Find resource and method";
      case "Authorize" -> "Authorize the caller";
      case "IdentifyApiKey" -> "Identify the API key and its plan";
      case "Throttle" -> "Throttles and quota";
      case "ValidateParameters" -> "Check required parameters";
      case "DecodeBody" -> "Decompress the body";
      case "ValidateBody" -> "Check the body against its model";
      case "LookUpResponse" -> "Look into the response cache";
      case "MapRequest" -> "Map the request for the backend";
      case "CallBackend" -> "Call the backend";
      case "MapResponse" -> "Map the backend's answer";
      case "KeepResponse" -> "Keep the answer in the cache";
      case "MethodResponse" -> "Finish the answer";
      default -> step;
    };
  }
}
