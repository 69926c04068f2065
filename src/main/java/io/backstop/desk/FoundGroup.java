package io.backstop.desk;

import io.backstop.action.LetterGroup;

/** A group of alike dead letters, under its fingerprint. */
public record FoundGroup(String fingerprint, LetterGroup group) {}
