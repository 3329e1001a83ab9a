# The bridges to other libraries: anabranch::<library> for include/anabranch/ext/<library>. A bridge names its third party
# and does not look for it: only those who link the target, or ask for the component, must have it.

set(anabranch_ext)

# anabranch_ext(<library> <package to find> <targets to link>...)
function(anabranch_ext library package)
  set(target anabranch_${library})
  add_library(${target} INTERFACE)
  add_library(anabranch::${library} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${library} ANABRANCH_PACKAGE ${package})
  target_link_libraries(${target} INTERFACE anabranch ${ARGN})

  set(folder ${PROJECT_SOURCE_DIR}/include)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${folder}/anabranch/ext/${library}/*.hpp)
  file(GLOB entry CONFIGURE_DEPENDS ${folder}/anabranch/ext/${library}.hpp)
  target_sources(${target} INTERFACE FILE_SET HEADERS BASE_DIRS ${folder} FILES ${entry} ${headers})

  set(anabranch_ext ${anabranch_ext} ${library} PARENT_SCOPE)
endfunction()

anabranch_ext(cereal cereal cereal::cereal)
anabranch_ext(range_v3 range-v3 range-v3::range-v3)
