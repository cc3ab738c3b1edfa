package io.gatehouse.admin.operations;

import io.gatehouse.model.wire.ApiError;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The days that usage is asked for, all in UTC.
 *
 * @param first and last are both included
 */
record UsageDays(LocalDate first, LocalDate last) {

  private static final int MOST = 366;

  /**
   * @throws ApiError bad request, unless both are dates as 2026-01-31, in order, at most a year
   *     apart
   */
  static UsageDays of(String startDate, String endDate) {
    UsageDays days = new UsageDays(date("startDate", startDate), date("endDate", endDate));
    if (days.first.isAfter(days.last)) {
      throw ApiError.badRequest("The startDate must not be after the endDate");
    }
    if (ChronoUnit.DAYS.between(days.first, days.last) >= MOST) {
      throw ApiError.badRequest("Usage can be asked for at most " + MOST + " days at once");
    }
    return days;
  }

  private static LocalDate date(String name, String text) {
    try {
      if (text.length() == "yyyy-MM-dd".length()) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeParseException notADate) {
      // refused below, with those of another length
    }
    throw ApiError.badRequest("Invalid " + name + " specified. Must be a date as yyyy-MM-dd");
  }

  List<LocalDate> each() {
    return first.datesUntil(last.plusDays(1)).toList();
  }
}
