package io.backstop.config;

/** Settings of one service: how it is reached, and how it is called. */
public interface ServiceConfig extends ServiceAccess, ScopeOverrides {}
