package io.gatehouse.admin.openapi;

import io.gatehouse.model.definition.ApiDefinition;
import java.util.List;

/**
 * What an import made of a document.
 *
 * @param warnings what was dropped and may be missed, as the protocol shows it
 * @param report every place of the document and what became of it, as the console shows it
 */
public record ImportedApi(
    ApiDefinition definition, List<String> warnings, List<ReportLine> report) {

  public ImportedApi {
    warnings = List.copyOf(warnings);
    report = List.copyOf(report);
  }
}
