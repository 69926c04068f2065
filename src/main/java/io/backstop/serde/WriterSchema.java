package io.backstop.serde;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Judges whether what a producer's schema describes can be read as one of our records. */
final class WriterSchema {
  private WriterSchema() {}

  /** Why {@code writer} cannot be read as {@code reader}; empty when it can. */
  static Optional<String> problem(Schema writer, Schema reader) {
    if (writer.getType() != Schema.Type.RECORD) {
      return Optional.of(
          "a value of type "
              + writer.getType().getName()
              + ", not the record "
              + reader.getFullName());
    }
    if (!writer.getFullName().equals(reader.getFullName())) {
      return Optional.of("record type " + writer.getFullName() + ", not " + reader.getFullName());
    }
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    if (!result.getIncompatibilities().isEmpty()) {
      return Optional.of(described(result.getIncompatibilities(), reader));
    }
    return hasEmptyItems(writer, new HashSet<>())
        ? Optional.of("it has a list of items that take no bytes, which may be of any length")
        : Optional.empty();
  }

  private static String described(List<Incompatibility> incompatibilities, Schema reader) {
    return incompatibilities.stream()
        .map(each -> describe(each, reader))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String describe(Incompatibility incompatibility, Schema reader) {
    var field = fieldAt(incompatibility.getLocation(), reader);
    return switch (incompatibility.getType()) {
      case READER_FIELD_MISSING_DEFAULT_VALUE -> "required field " + field + " is missing";
      case MISSING_UNION_BRANCH ->
          "field " + field + " can hold " + branch(incompatibility) + ", which does not fit";
      default -> "field " + field + ": " + incompatibility.getMessage();
    };
  }

  private static String branch(Incompatibility incompatibility) {
    var location = incompatibility.getLocation();
    var index = location.substring(location.lastIndexOf('/') + 1);
    var writer = incompatibility.getWriterFragment();
    return writer.getType() == Schema.Type.UNION && index.matches("\\d+")
        ? writer.getTypes().get(Integer.parseInt(index)).getName()
        : writer.getName();
  }

  /**
   * The dotted name of the field that a path such as {@code /fields/2/type/1} leads to. A path does
   * not lead into the branches of a union.
   */
  private static String fieldAt(String location, Schema reader) {
    var name = new StringBuilder();
    var schema = reader;
    var steps = location.substring(1).split("/");
    for (int index = 0; index < steps.length; index++) {
      if (steps[index].equals("fields") && index + 1 < steps.length) {
        var field = schema.getFields().get(Integer.parseInt(steps[++index]));
        name.append(name.isEmpty() ? "" : ".").append(field.name());
        schema = field.schema();
      } else if (steps[index].equals("items")) {
        schema = schema.getElementType();
      } else if (steps[index].equals("values")) {
        schema = schema.getValueType();
      }
    }
    return name.toString();
  }

  /**
   * Such a list costs nothing to claim and much to skip, so a small record could stall a thread.
   */
  private static boolean hasEmptyItems(Schema schema, Set<String> seen) {
    return switch (schema.getType()) {
      case ARRAY ->
          isEmpty(schema.getElementType(), new HashSet<>())
              || hasEmptyItems(schema.getElementType(), seen);
      case MAP -> hasEmptyItems(schema.getValueType(), seen);
      case UNION -> schema.getTypes().stream().anyMatch(type -> hasEmptyItems(type, seen));
      case RECORD ->
          seen.add(schema.getFullName())
              && schema.getFields().stream().anyMatch(field -> hasEmptyItems(field.schema(), seen));
      default -> false;
    };
  }

  private static boolean isEmpty(Schema schema, Set<String> within) {
    return switch (schema.getType()) {
      case NULL -> true;
      case FIXED -> schema.getFixedSize() == 0;
      case RECORD ->
          !within.add(schema.getFullName())
              || schema.getFields().stream().allMatch(field -> isEmpty(field.schema(), within));
      default -> false;
    };
  }
}
