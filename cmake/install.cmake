include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(destination ${CMAKE_INSTALL_DATADIR}/cmake/anabranch)

# One export per bridge, so that the package can load a bridge only when it is asked for. The headers are installed
# always: without the bridge's third party they are only files.
set(packages)
foreach(library IN ITEMS "" ${anabranch_ext})
  if(library)
    set(target anabranch_${library})
    get_target_property(package ${target} ANABRANCH_PACKAGE)
    string(APPEND packages "set(_anabranch_package_${library} ${package})\n")
  else()
    set(target anabranch)
  endif()
  install(TARGETS ${target} EXPORT ${target}
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT ${target} NAMESPACE anabranch:: DESTINATION ${destination} FILE ${target}-targets.cmake)
endforeach()

configure_package_config_file(cmake/anabranchConfig.cmake.in ${PROJECT_BINARY_DIR}/anabranchConfig.cmake
  INSTALL_DESTINATION ${destination})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/anabranchConfigVersion.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/anabranchConfig.cmake ${PROJECT_BINARY_DIR}/anabranchConfigVersion.cmake
  DESTINATION ${destination})
